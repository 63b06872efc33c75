/**
 * Replay: the clock. While it plays, the cursor and the time window follow; paused, it shows the
 * moment of the cursor. All it needs is in blocks of the session, the next one fetched ahead.
 */
vbd.replay ??= /** @type {VbdReplay} */ ({});
(() => {
  const LONGEST = 0.25; // s that may pass between two frames; a tab in the background has fewer
  /** @type {number | null} */
  let time = null;
  let isPlaying = false;
  let before = 0; // when the last frame was, ms
  let isPlanned = false;

  const option = (/** @type {string} */ name) => String(vbd.options.get()[`replay-${name}`]);
  const seen = () => {
    const panel = document.getElementById("panel-replay");
    return panel?.checkVisibility() && vbd.replay.facts ? panel : null;
  };

  /** @param {boolean} isReady */
  function state(isReady) {
    const box = /** @type {HTMLElement | null} */ (document.querySelector(".replay"));
    const now = isReady ? "ready" : "loading";
    if (box && box.dataset.state !== now) box.dataset.state = now;
  }

  /** Show a moment; false while its block is not here. @param {number} t */
  function show(t) {
    const block = vbd.replay.block(t);
    const problem = vbd.replay.problem(t);
    state(Boolean(block || problem));
    const wait = block ? "" : "Loading …";
    const damaged = block?.unreadable.length
      ? `Cannot be read: ${block.unreadable.join(", ")}.`
      : "";
    vbd.replay.write("replay-told", problem || wait || damaged);
    vbd.replay.write("replay-time", `${vbd.decimals(t, 2)} s`);
    if (!block) return null;
    const stop = vbd.stores.landmarks?.trials_stop ?? Number.NEGATIVE_INFINITY;
    const moment = vbd.replay.moment(block, t, stop);
    vbd.replay.screen.draw(moment);
    vbd.replay.mouse.draw(moment);
    vbd.replay.planes.draw(block, t);
    return { block, moment };
  }

  /** Keep the time window at the cursor: it repeats, or goes on. @param {number} t */
  function follow(t) {
    const span = vbd.time.window();
    if (!span || (t >= span.start && t < span.stop)) return t;
    if (option("loop") === "on" || t < span.start) return span.start;
    const bounds = vbd.time.bounds();
    if (bounds && span.stop >= bounds.stop) {
      toggle();
      return span.stop;
    }
    vbd.time.show(span.stop, 2 * span.stop - span.start);
    return t;
  }

  /** @param {number} now ms */
  function tick(now) {
    if (!isPlaying) return;
    if (!seen() || time === null) return toggle();
    const passed = Math.min((now - before) / 1000, LONGEST) * Number(option("speed"));
    before = now;
    const from = time;
    const next = follow(from + passed);
    const shown = show(next);
    if (shown) {
      time = next;
      vbd.cursor.carry(next);
      vbd.replay.sounds.play(shown.block, from, next);
      vbd.replay.ahead(next);
      vbd.replay.tell(shown.block, shown.moment, now);
    }
    requestAnimationFrame(tick);
  }

  function toggle() {
    if (!isPlaying && !seen()) {
      dash_clientside.set_props("tabs", { active_tab: "replay" });
      return;
    }
    isPlaying = !isPlaying;
    vbd.cursor.hold(isPlaying);
    vbd.replay.forget();
    const span = vbd.time.window();
    if (isPlaying && span && (time === null || time < span.start || time >= span.stop))
      time = span.start;
    before = performance.now();
    mark();
    if (isPlaying) requestAnimationFrame(tick);
    else if (time !== null) vbd.cursor.set(time);
  }

  /** Let the button say what it does. */
  function mark() {
    const button = document.getElementById("replay-play");
    if (!button) return;
    const name = isPlaying ? "Pause (p)" : "Play (p)";
    button.textContent = isPlaying ? "❚❚" : "▶";
    button.title = name;
    button.setAttribute("aria-label", name);
  }

  function plan() {
    if (isPlanned) return;
    isPlanned = true;
    requestAnimationFrame(() => {
      isPlanned = false;
      if (!isPlaying && seen() && time !== null) show(time);
    });
  }

  Object.assign(vbd.replay, {
    toggle,
    seen,
    redraw: plan,
    isPlaying: () => isPlaying,
    time: () => time,
  });
  document.addEventListener("vbd:cursor", ({ detail }) => {
    if (isPlaying || detail.time === null) return;
    time = detail.time;
    plan();
  });
  document.addEventListener("vbd:block", plan);
  for (const event of /** @type {const} */ (["vbd:fitted", "vbd:options", "vbd:selection"]))
    document.addEventListener(event, plan);
  document.addEventListener("click", (event) => {
    if (vbd.closest(event, "#replay-play")) toggle();
  });
  window.addEventListener("resize", plan);

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    replay: {
      /** Take what stays the same through a session. @param {VbdReplayFacts | null} facts */
      arrived(facts) {
        vbd.replay.facts = facts;
        if (!facts) return dash_clientside.no_update;
        vbd.replay.screen.load();
        vbd.replay.planes.load();
        const span = vbd.time.window();
        time ??= span && (span.start + span.stop) / 2;
        plan();
        return dash_clientside.no_update;
      },
      /** @param {VbdOption | boolean | null} value @param {string} id */
      chosen(value, id) {
        vbd.view.keep(id, vbd.choiceOf(value));
        plan();
        return dash_clientside.no_update;
      },
    },
  });
})();
