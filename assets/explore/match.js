/**
 * Finds the rows that match, and counts the rows per facet value. Pure: without page or server.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const SEARCH = "search";

  /**
   * The tests of rows for the filters that apply to a table and for the search.
   * @param {Explore.Table} table
   * @param {Explore.Filters} filters
   * @param {string} search
   * @returns {Explore.Test[]}
   */
  function testsOf(table, filters, search) {
    const tests = Object.entries(filters).flatMap(([name, filter]) => {
      const facet = table.facet[name];
      return facet ? [{ name, passes: facetTest(facet, filter) }] : [];
    });
    const passes = explore.searchTest(table, search);
    return passes ? [...tests, { name: SEARCH, passes }] : tests;
  }

  /** For every row the number of filters that it fails, and which one if it fails only one. */
  explore.match = (table, filters, search) => {
    const tests = testsOf(table, filters, search);
    const failed = new Uint8Array(table.length);
    const by = new Int8Array(table.length).fill(-1);
    tests.forEach((test, which) => {
      for (let index = 0; index < table.length; index++) {
        if (!test.passes(index)) {
          failed[index]++;
          by[index] = which;
        }
      }
    });
    return {
      names: tests.map((test) => test.name),
      failed,
      by,
      length: failed.reduce((count, fails) => count + (fails === 0 ? 1 : 0), 0),
    };
  };

  /** Call `visit(index)` for each row that passes all filters except the facet's own. */
  explore.underOthers = (match, name, visit) => {
    const own = match.names.indexOf(name);
    for (let index = 0; index < match.failed.length; index++) {
      const failed = match.failed[index];
      if (failed === 0 || (failed === 1 && match.by[index] === own)) visit(index);
    }
  };

  /** The number of rows per level of a facet with the other filters; the last is "no value". */
  explore.counts = (facet, match) => {
    const { levels = [], codes = [] } = facet;
    const counts = new Array(levels.length + 1).fill(0);
    explore.underOthers(match, facet.name, (index) => {
      const code = codes[index];
      if (Array.isArray(code)) for (const one of code) counts[one]++;
      else counts[code < 0 ? levels.length : code]++;
    });
    return counts;
  };

  /** The number of rows that come back when a filter is removed, for filters that bring any. */
  explore.wouldReturn = (match) => {
    const counts = match.names.map(() => 0);
    match.failed.forEach((failed, index) => {
      if (failed === 1) counts[match.by[index]]++;
    });
    return match.names
      .map((name, which) => ({ name, count: counts[which] }))
      .filter((filter) => filter.count > 0)
      .sort((a, b) => b.count - a.count);
  };

  /**
   * @param {Explore.Facet} facet
   * @param {Explore.Filter} filter
   * @returns {Explore.Test["passes"]}
   */
  function facetTest(facet, filter) {
    if (!Array.isArray(filter)) return rangeTest(facet, filter);
    return facet.levels ? levelTest(facet, filter) : measureTest(facet, filter);
  }

  /**
   * @param {Explore.Facet} facet
   * @param {string[]} wanted
   * @returns {Explore.Test["passes"]}
   */
  function measureTest(facet, wanted) {
    return (index) => explore.measures(facet, index).some((value) => wanted.includes(`${value}`));
  }

  /**
   * @param {Explore.Facet & Explore.Coded<string | number, number | number[]>} facet
   * @param {string[]} wanted
   * @returns {Explore.Test["passes"]}
   */
  function levelTest(facet, wanted) {
    const levels = facet.levels.map(String);
    const codes = new Set(wanted.map((value) => levels.indexOf(value)).filter((code) => code >= 0));
    if (wanted.includes(explore.NO_VALUE)) codes.add(-1);
    return (index) => {
      const code = facet.codes[index];
      return Array.isArray(code) ? code.some((one) => codes.has(one)) : codes.has(code);
    };
  }

  /**
   * @param {Explore.Facet} facet
   * @param {Explore.Range} range
   * @returns {Explore.Test["passes"]}
   */
  function rangeTest(facet, { from, to }) {
    /** @param {number | string} value */
    const within = (value) => (from === null || value >= from) && (to === null || value <= to);
    return (index) => explore.measures(facet, index).some(within);
  }

  /** A row's values for a range: numbers, or days for dates; empty if there are none. */
  explore.measures = (facet, index) => {
    const value = facet.values?.[index] ?? null;
    if (value === null || typeof value === "boolean") return [];
    if (facet.style === "dates") return [String(value).slice(0, 10)];
    return Array.isArray(value) ? value : [value];
  };
})();
