/** Counts the frames of a page between two moments: their mean length and the longest gap, ms. */
window.frameTimes = (() => {
  let gaps = [];
  let last = null;

  function count(now) {
    if (last === null) return;
    gaps.push(now - last);
    last = now;
    requestAnimationFrame(count);
  }

  return {
    begin() {
      gaps = [];
      last = performance.now();
      requestAnimationFrame(count);
    },
    /** Count no more: the gesture ends, and its drawing is measured elsewhere. */
    pause() {
      last = null;
    },
    end() {
      last = null;
      const [, ...whole] = gaps; // the first begins before its frame
      const all = whole.reduce((sum, gap) => sum + gap, 0);
      return { mean: all / whole.length, longest: Math.max(...whole) };
    },
  };
})();
