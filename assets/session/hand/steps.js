/**
 * Steps of the arrow keys: each moves the window by a part of it, smoothly; a key that is held goes
 * on until it is let go.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.hand ??= /** @type {VbdHand} */ ({});
(() => {
  const SPEED = 0.001; // windows a ms: what lies ahead is drawn once a second
  let left = 0; // windows still to go, below 0 to the left
  let isDown = false;
  let last = 0;
  let frame = 0;

  /** @param {number} now ms */
  function step(now) {
    frame = 0;
    const span = vbd.hand.seen();
    const by = Math.sign(left) * Math.min(Math.abs(left), SPEED * Math.max(now - last, 0));
    last = now;
    left -= by;
    if (span && by) {
      const length = span.stop - span.start;
      vbd.hand.to(span.start + by * length, span.stop + by * length);
    }
    if (left || isDown) go();
    else vbd.hand.rest();
  }

  function go() {
    if (!frame) frame = requestAnimationFrame(step);
  }

  function letGo() {
    isDown = false;
  }

  vbd.hand.step = (part, isRepeated) => {
    const isOn = left * part > 0;
    if (!frame) last = performance.now();
    if (isRepeated) left = part;
    else left = isOn ? left + part : part;
    isDown = true;
    const span = vbd.hand.seen();
    if (span) vbd.hand.to(span.start, span.stop); // the page is in the hand from now on
    go();
  };

  document.addEventListener("keyup", letGo);
  window.addEventListener("blur", letGo);
})();
