/**
 * Choosing a range of a histogram by keys: arrows move it by a bin, with Shift its upper end, Home
 * and End take it to the first and last bin, Delete or Esc takes it back.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;

  /** @typedef {[first: number, last: number]} Bins the bins of a range */
  /** @type {Record<string, (bins: Bins, most: number) => Bins>} */
  const MOVES = {
    ArrowLeft: ([first, last]) => (first > 0 ? [first - 1, last - 1] : [first, last]),
    ArrowRight: ([first, last], most) => (last < most ? [first + 1, last + 1] : [first, last]),
    "Shift+ArrowLeft": ([first, last]) => [first, Math.max(first, last - 1)],
    "Shift+ArrowRight": ([first, last], most) => [first, Math.min(most, last + 1)],
    Home: ([, last]) => [0, last],
    End: ([first], most) => [first, most],
  };
  /** Where a range begins that is not there yet. @type {Record<string, (most: number) => Bins>} */
  const STARTS = {
    ArrowLeft: (most) => [most, most],
    ArrowRight: () => [0, 0],
  };
  const BACK = ["Delete", "Backspace", "Escape"];

  explore.brushKeys = (plot, scale, choose, chosen) => {
    const most = scale.edges.length - 2;
    plot.tabIndex = 0;
    plot.onkeydown = (event) => {
      const key = event.shiftKey ? `Shift+${event.key}` : event.key;
      const range = chosen();
      if (range && BACK.includes(key)) choose(null);
      else if (!MOVES[key] || Array.isArray(range)) return;
      else choose(spanOf(scale, next(scale, range, key, event.key, most)));
      event.preventDefault();
      event.stopPropagation();
    };
  };

  /**
   * @param {Explore.Scale} scale
   * @param {Explore.Range | undefined} range
   * @param {string} key with Shift
   * @param {string} plain without
   * @param {number} most
   */
  const next = (scale, range, key, plain, most) =>
    range ? MOVES[key](binsOf(scale, range, most), most) : (STARTS[plain]?.(most) ?? [0, most]);

  /**
   * @param {Explore.Scale} scale
   * @param {Explore.Range} range
   * @param {number} most
   * @returns {Bins}
   */
  function binsOf({ edges, to }, { from, to: upper }, most) {
    const starts = edges.slice(1).findIndex((edge) => from === null || to(edge) > from);
    const ends = edges.slice(1).findIndex((edge) => upper !== null && to(edge) >= upper);
    const first = Math.min(starts < 0 ? most : starts, most);
    return [first, Math.max(first, ends < 0 ? most : ends)];
  }

  /**
   * @param {Explore.Scale} scale
   * @param {Bins} bins
   * @returns {Explore.Range}
   */
  const spanOf = ({ edges, to }, [first, last]) => ({
    from: edges[first],
    to: to(edges[last + 1]),
  });
})();
