/**
 * The bins of a facet of numbers or dates, and the rows in each. Pure: without page or server.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const BINS = 28;
  const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
  const DAY = 86400000; // ms

  /** The bins: of a round width for numbers, of one month for dates. */
  explore.scaleOf = (facet) => {
    const values = (facet.values ?? []).flatMap((_, index) => explore.measures(facet, index));
    return facet.style === "dates" ? ofDays(values.map(String)) : ofNumbers(values.map(Number));
  };

  /**
   * @param {number[]} values
   * @returns {Explore.Scale}
   */
  function ofNumbers(values) {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const smallest = (high - low + 1) / BINS;
    const step = STEPS.find((one) => one >= smallest) || smallest;
    const edges = [Math.floor(low / step) * step];
    for (let edge = edges[0]; edge <= high; ) {
      edge += step;
      edges.push(edge);
    }
    return { edges, to: (edge) => Number(edge) - 1, low, high };
  }

  /**
   * @param {string[]} values days as 2019-05-01
   * @returns {Explore.Scale}
   */
  function ofDays(values) {
    const days = [...values].sort();
    const [low, high] = [days[0], days[days.length - 1]];
    const edges = [month(low, 0)];
    for (let edge = edges[0]; edge <= high; ) {
      edge = month(edge, 1);
      edges.push(edge);
    }
    return { edges, to: (edge) => iso(new Date(Date.parse(String(edge)) - DAY)), low, high };
  }

  /** @param {Date} date */
  const iso = (date) => date.toISOString().slice(0, 10);
  /**
   * The first day of the month that is `later` months after a day's month.
   * @param {string} day
   * @param {number} later
   */
  const month = (day, later) =>
    iso(new Date(Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1 + later)));

  /**
   * The number of rows in each bin that pass the other filters, and the number without a value. A
   * row with several values counts once in each bin that has one of them.
   */
  explore.histogram = (facet, { edges }, match) => {
    const counts = edges.slice(1).map(() => 0);
    let without = 0;
    explore.underOthers(match, facet.name, (index) => {
      const values = explore.measures(facet, index);
      if (!values.length) without++;
      for (const bin of new Set(values.map((value) => binOf(edges, value)))) counts[bin]++;
    });
    return { counts, without };
  };

  /**
   * The index of a value's bin, by bisection of the edges.
   * @param {Explore.Scale["edges"]} edges
   * @param {number | string} value
   */
  function binOf(edges, value) {
    let [low, high] = [0, edges.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (value >= edges[middle]) low = middle;
      else high = middle;
    }
    return low;
  }
})();
