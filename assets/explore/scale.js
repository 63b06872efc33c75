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
    if (!values.every(Number.isInteger)) return ofFractions(low, high);
    const smallest = (high - low + 1) / BINS;
    const step = STEPS.find((one) => one >= smallest) || roundStep(smallest);
    const edges = [Math.floor(low / step) * step];
    for (let edge = edges[0]; edge <= high; ) {
      edge += step;
      edges.push(edge);
    }
    return { edges, to: (edge) => Number(edge) - 1, low, high };
  }

  /**
   * Numbers with decimals: bins end where the next begins, limits have the digits of a tenth of a bin.
   * @param {number} low
   * @param {number} high
   * @returns {Explore.Scale}
   */
  function ofFractions(low, high) {
    const step = roundStep((high - low || Math.abs(low)) / BINS);
    const first = Math.floor(low / step);
    const digits = Math.min(Math.max(1 - Math.floor(Math.log10(step)), 0), 12);
    /** @param {number} number */
    const round = (number) => Number(number.toFixed(digits));
    const edges = [round(first * step)];
    for (let bin = first; edges[edges.length - 1] <= high; ) edges.push(round(++bin * step));
    return { edges, to: Number, low: round(low), high: round(high) };
  }

  /**
   * The smallest of 1, 2, 5, 10, … that is not below a number.
   * @param {number} smallest
   */
  function roundStep(smallest) {
    const power = 10 ** Math.floor(Math.log10(smallest));
    return power * ([1, 2, 5].find((one) => one * power >= smallest) ?? 10);
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
  explore.histogram = (facet, scale, match) => {
    const counts = scale.edges.slice(1).map(() => 0);
    scale.bins ??= binsOf(facet, scale.edges);
    const { bins } = scale;
    let without = 0;
    explore.underOthers(match, facet.name, (index) => {
      if (!bins[index].length) without++;
      for (const bin of bins[index]) counts[bin]++;
    });
    return { counts, without };
  };

  /**
   * The bins of every row, each once.
   * @param {Explore.Facet} facet
   * @param {Explore.Scale["edges"]} edges
   */
  const binsOf = (facet, edges) =>
    (facet.values ?? []).map((_, index) => [
      ...new Set(explore.measures(facet, index).map((value) => binOf(edges, value))),
    ]);

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
