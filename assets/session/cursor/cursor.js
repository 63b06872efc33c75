/**
 * The cursor: a line through all time graphs. Emits `vbd:cursor` on every move, and `vbd:moment`
 * with the server's values at the newest position.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const ASK_EVERY = 80; // ms
  /** @type {AbortController | null} */
  let asking = null;
  /** @type {{time: number, what: VbdPointed} | null} */
  let planned = null;
  /** @type {number | null} */
  let shown = null;
  /** The window in which the cursor stands at a time that was named. @type {(VbdSpan & {named: string}) | null} */
  let pinned = null;
  let isHeld = false; // while a replay moves it
  let told = ""; // the address of the values that are shown

  /** @param {number | null} time */
  function draw(time) {
    for (const graph of document.querySelectorAll(".time-graph")) {
      const f = vbd.axis.frame(graph);
      const line = vbd.graphs.overlay(graph, "cursor-line");
      const isVisible = f && time !== null && time >= f.start && time <= f.stop;
      line.style.display = isVisible ? "block" : "none";
      if (!isVisible) continue;
      line.style.left = `${vbd.axis.pixelOf(graph, time)}px`;
      line.style.top = `${f.top - f.box.top}px`;
      line.style.height = `${f.height}px`;
    }
  }

  /**
   * Where the cursor stands in a window: at the time that the link or a check has named, until the
   * window is another one, else in the middle.
   * @param {VbdSpan} span
   */
  function placeIn({ start, stop }) {
    const now = vbd.time.window();
    if (now?.start !== start || now.stop !== stop) return (start + stop) / 2; // another is asked for
    const named = String(vbd.options.get().cursor ?? "");
    const time = Number(named);
    const isIn = named !== "" && time >= start && time <= stop;
    pinned ??= isIn ? { named, start, stop } : null;
    const isSame = pinned?.named === named && pinned.start === start && pinned.stop === stop;
    if (isIn && isSame) return time;
    pinned = null;
    vbd.view.keep("cursor", "");
    return (start + stop) / 2;
  }

  vbd.cursor = {
    show(time) {
      pinned = null;
      vbd.view.keep("cursor", String(Number(time.toFixed(4))));
      vbd.time.centre(time);
      const span = vbd.time.window();
      if (span && vbd.axis.shows(document.getElementById("timeline-graph"), span)) follow(span);
    },
    set(time, what = {}) {
      if (isHeld) return;
      vbd.cursor.carry(time, what);
      if (time !== null) plan(time, what);
    },
    carry(time, what = {}) {
      shown = time;
      draw(time);
      vbd.view.emit("cursor", { time, ...what });
    },
    hold(held) {
      isHeld = held;
      planned = null;
      if (held) asking?.abort();
    },
  };

  /**
   * @param {number} time
   * @param {VbdPointed} what
   */
  function plan(time, what) {
    const isFirst = planned === null;
    planned = { time, what };
    if (isFirst) setTimeout(askPlanned, ASK_EVERY);
  }

  function askPlanned() {
    const wanted = planned;
    planned = null;
    if (wanted) ask(wanted.time, wanted.what);
  }

  /**
   * @param {number} time
   * @param {VbdPointed} what
   */
  async function ask(time, { row, cell }) {
    const { address } = vbd.stores;
    if (!address) return;
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const ofCell = cell === undefined ? "" : `&cell=${cell}&activity=${row?.activity || "dff"}`;
    const url = `${vbd.url("moment", { ...address })}?t=${time.toFixed(4)}${ofCell}`;
    if (url === told && document.getElementById("readout")?.firstChild) return;
    told = "";
    const answer = await fetch(url, { signal }).catch(() => null);
    if (signal.aborted) return; // a newer position has replaced it
    mark(!answer?.ok);
    if (!answer?.ok) return;
    told = url;
    vbd.view.emit("moment", await answer.json());
  }

  /**
   * Mark the values as those of another moment.
   * @param {boolean} old
   */
  function mark(old) {
    const box = document.getElementById("readout");
    box?.toggleAttribute("data-old", old);
    if (box) box.title = old ? "The server did not tell the values at this moment." : "";
  }

  const follow = (/** @type {VbdSpan} */ span) => vbd.cursor.set(placeIn(span));

  vbd.address.onArrival(() => (pinned = null));
  document.addEventListener("vbd:seen", () => draw(shown));
  document.addEventListener("vbd:fitted", () => draw(shown));
  document.addEventListener("vbd:drawn", ({ detail: span }) => follow(span));
})();
