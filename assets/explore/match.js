/**
 * Which rows match, and how many each facet value would give. Pure: no page, no server.
 * `filters` maps a facet's name to a list of values (any of them) or to {from, to} (inclusive).
 */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const SEARCH = "search";

  /** In a filter: rows that have no value. */
  explore.NO_VALUE = "none";

  /** The filters that apply to this table, each with a test of rows by place. */
  explore.testsOf = function (table, filters, search) {
    const tests = Object.keys(filters)
      .filter((name) => table.facet[name])
      .map((name) => ({ name, passes: facetTest(table.facet[name], filters[name]) }));
    const passes = explore.searchTest(table, search);
    return passes ? tests.concat({ name: SEARCH, passes }) : tests;
  };

  /** For every row how many filters it fails, and which one where it fails exactly one. */
  explore.match = function (table, filters, search) {
    const tests = explore.testsOf(table, filters, search);
    const failed = new Uint8Array(table.length);
    const by = new Int8Array(table.length).fill(-1);
    tests.forEach((test, which) => {
      for (let place = 0; place < table.length; place++) {
        if (!test.passes(place)) {
          failed[place]++;
          by[place] = which;
        }
      }
    });
    return {
      names: tests.map((test) => test.name),
      failed,
      by,
      length: failed.reduce(countZero, 0),
    };
  };

  /** Call `visit(place)` for each row that passes all filters but the facet's own. */
  explore.underOthers = function (match, name, visit) {
    const own = match.names.indexOf(name);
    for (let place = 0; place < match.failed.length; place++) {
      const failed = match.failed[place];
      if (failed === 0 || (failed === 1 && match.by[place] === own)) visit(place);
    }
  };

  /** The number of rows per level of a facet under the other filters; the last is "no value". */
  explore.counts = function (facet, match) {
    const none = facet.levels.length;
    const counts = new Array(none + 1).fill(0);
    explore.underOthers(match, facet.name, (place) => {
      const code = facet.codes[place];
      if (Array.isArray(code)) code.forEach((one) => counts[one]++);
      else counts[code < 0 ? none : code]++;
    });
    return counts;
  };

  /** How many rows come back when one filter is removed, for every filter that brings any. */
  explore.wouldReturn = function (match) {
    const counts = match.names.map(() => 0);
    match.failed.forEach((failed, place) => {
      if (failed === 1) counts[match.by[place]]++;
    });
    return match.names
      .map((name, which) => ({ name, count: counts[which] }))
      .filter((filter) => filter.count > 0)
      .sort((a, b) => b.count - a.count);
  };

  const countZero = (count, failed) => count + (failed === 0 ? 1 : 0);

  function facetTest(facet, wanted) {
    if (!Array.isArray(wanted)) return rangeTest(facet, wanted);
    return facet.levels ? levelTest(facet, wanted) : measureTest(facet, wanted);
  }

  function measureTest(facet, wanted) {
    return (place) => explore.measures(facet, place).some((value) => wanted.includes(`${value}`));
  }

  function levelTest(facet, wanted) {
    const levels = facet.levels.map(String);
    const codes = new Set(wanted.map((value) => levels.indexOf(value)).filter((code) => code >= 0));
    if (wanted.includes(explore.NO_VALUE)) codes.add(-1);
    return (place) => {
      const code = facet.codes[place];
      return Array.isArray(code) ? code.some((one) => codes.has(one)) : codes.has(code);
    };
  }

  function rangeTest(facet, { from, to }) {
    const within = (value) => (from === null || value >= from) && (to === null || value <= to);
    return (place) => explore.measures(facet, place).some(within);
  }

  /** A row's values for a range: numbers, or days for dates; none where it has no value. */
  explore.measures = function (facet, place) {
    const value = (facet.values || [])[place];
    if (value === null || value === undefined) return [];
    if (facet.style === "dates") return [value.slice(0, 10)];
    return Array.isArray(value) ? value : [value];
  };
})();
