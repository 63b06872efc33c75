/** Replay: what the mouse does: licks, water, running, and the ellipses of its eye. */
vbd.replay ??= /** @type {VbdReplay} */ ({});
(() => {
  const LIT = { lick: 0.15, water: 0.6 }; // s
  const FASTEST = 60; // cm/s
  const VALUES = 5; // of an ellipse: its centre, its half axes, its angle
  const MARGIN = 0.05; // of the eye's range
  const DAMAGED = "cannot be read";
  const PARTS = /** @type {const} */ (["pupil", "eye", "cr"]);

  const byId = (/** @type {string} */ id) => document.getElementById(id);

  /** @param {"lick" | "water"} name @param {number | null} ago */
  function light(name, ago) {
    byId(`replay-${name}`)?.toggleAttribute("data-on", ago !== null && ago <= LIT[name]);
  }

  /** @param {number | null} speed @param {boolean} isDamaged */
  function run(speed, isDamaged) {
    const part = Math.min(Math.abs(speed ?? 0) / FASTEST, 1);
    byId("replay-running")?.style.setProperty("--part", part.toFixed(3));
    vbd.replay.write(
      "replay-cm-s",
      speed === null
        ? `running ${isDamaged ? DAMAGED : "not known"}`
        : `${vbd.decimals(speed, 1)} cm/s`,
    );
  }

  /** @param {CanvasRenderingContext2D} context @param {Float32Array} ellipses */
  function draw(context, ellipses) {
    PARTS.forEach((part, i) => {
      const [x, y, width, height, phi] = ellipses.subarray(i * VALUES, (i + 1) * VALUES);
      if (!Number.isFinite(x + y + width + height + phi)) return;
      context.strokeStyle = vbd.vocabulary.colors[part];
      context.beginPath();
      context.ellipse(x, y, width, height, phi, 0, 2 * Math.PI);
      context.stroke();
    });
  }

  /** @param {VbdReplayMoment["eye"]} eye @param {boolean} isDamaged */
  function wordsOf(eye, isDamaged) {
    if (isDamaged) return `eye ${DAMAGED}`;
    if (!vbd.replay.facts?.eye) return "no eye tracking";
    if (!eye) return "no camera frame";
    return eye.isBlink ? "likely blink" : "eye";
  }

  /** @param {VbdReplayMoment["eye"]} eye @param {boolean} isDamaged */
  function see(eye, isDamaged) {
    const canvas = /** @type {HTMLCanvasElement | null} */ (byId("replay-eye"));
    const range = vbd.replay.facts?.eye;
    canvas?.parentElement?.toggleAttribute("data-absent", !range);
    vbd.replay.write("replay-blink", wordsOf(eye, isDamaged));
    if (!canvas || !range) return;
    const key = [eye?.frame, canvas.clientWidth, canvas.clientHeight].join();
    if (canvas.dataset.painted === key) return;
    const [[left, right], [top, bottom]] = range;
    const [width, height] = [(right - left) * (1 + 2 * MARGIN), (bottom - top) * (1 + 2 * MARGIN)];
    const context = vbd.replay.canvas(canvas, { width, height });
    if (!context) return;
    canvas.dataset.painted = key;
    context.fillStyle = vbd.vocabulary.colors.pictureEdge;
    context.fillRect(0, 0, width, height);
    context.translate(MARGIN * (right - left) - left, MARGIN * (bottom - top) - top);
    context.lineWidth = (2 * width) / canvas.clientWidth;
    if (eye && !eye.isBlink) draw(context, eye.ellipses);
  }

  vbd.replay.mouse = {
    draw({ lick, water, isFree, running, eye, unreadable }) {
      light("lick", lick);
      light("water", water);
      if (water !== null)
        vbd.replay.write("replay-water", isFree && water <= LIT.water ? "free water" : "water");
      run(running, unreadable.includes("running"));
      see(eye, unreadable.includes("eye"));
    },
  };
})();
