/** Replay: goes to the next or previous flash; its block may have to be fetched first. */
vbd.replay ??= /** @type {VbdReplay} */ ({});
(() => {
  const BEFORE = 1e-3; // s, to be in the block before
  /** @type {boolean | null} */
  let waiting = null; // the direction of a step that waits for its block

  /** Go to a time, and let the window follow. @param {number} t */
  function go(t) {
    const span = vbd.time.window();
    if (span && (t < span.start || t > span.stop)) vbd.cursor.show(t);
    else vbd.cursor.set(t);
  }

  /** Go to the edge of a block that has no flash, and on once the next one is here. */
  function goOn(/** @type {VbdBlock} */ block, /** @type {boolean} */ isForward) {
    const edge = isForward ? block.stop : block.start - BEFORE;
    const bounds = vbd.time.bounds();
    if (!bounds || edge >= bounds.stop || edge < bounds.start)
      return vbd.notify(`There is no ${isForward ? "later" : "earlier"} flash.`);
    go(edge);
    waiting = isForward;
    vbd.replay.block(edge); // fetched, if it is not here
    if (vbd.replay.block(edge)) document.dispatchEvent(new CustomEvent("vbd:block"));
  }

  /** @param {boolean} isForward */
  function step(isForward) {
    const time = vbd.replay.time();
    if (!vbd.replay.seen() || time === null) return;
    if (vbd.replay.isPlaying()) vbd.replay.toggle();
    const block = vbd.replay.block(time);
    if (!block) {
      waiting = isForward;
      return;
    }
    const next = vbd.replay.flash(block, time, isForward);
    if (next === undefined) goOn(block, isForward);
    else go(next);
  }

  vbd.replay.step = step;
  document.addEventListener("vbd:block", () => {
    const isForward = waiting;
    const time = vbd.replay.time();
    if (isForward === null || time === null || !vbd.replay.block(time)) return;
    waiting = null;
    step(isForward);
  });
  document.addEventListener("click", (event) => {
    if (vbd.closest(event, "#replay-back")) step(false);
    if (vbd.closest(event, "#replay-forward")) step(true);
  });
})();
