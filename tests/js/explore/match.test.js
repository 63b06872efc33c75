/** Which rows match, and the counts beside each value: equal to a plain filter of plain rows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, PURE } from "../support/load.js";
import { forSeeds } from "../support/random.js";
import { documentOf, LEVELS, MEASURES, plainRows } from "../support/tables.js";

/** @typedef {import("../support/random.js").Random} Random */
/** @typedef {import("../support/tables.js").PlainRow} PlainRow */

const { explore } = load(PURE).vbd;

/**
 * Filters of some facets, each with values of the table and others.
 * @param {Random} random
 * @param {PlainRow[]} rows
 */
function randomFilters(random, rows) {
  /** @type {Explore.Filters} */
  const filters = {};
  for (const [name, levels] of random.some(Object.entries(LEVELS), 0.6)) {
    const known = [...new Set(rows.flatMap(levels)), explore.NO_VALUE, "unknown"];
    filters[name] = random.some(known, 0.6);
  }
  for (const [name, measures] of random.some(Object.entries(MEASURES), 0.4)) {
    const known = [null, null, ...rows.flatMap(measures)];
    filters[name] = { from: random.pick(known), to: random.pick(known) };
  }
  return filters;
}

/**
 * Whether a plain row passes a filter.
 * @param {PlainRow} row
 * @param {string} name
 * @param {Explore.Filter} filter
 */
function passes(row, name, filter) {
  if (Array.isArray(filter)) {
    const values = LEVELS[name](row);
    return (values.length ? values : [explore.NO_VALUE]).some((value) => filter.includes(value));
  }
  const { from, to } = filter;
  return MEASURES[name](row).some(
    (value) => (from === null || value >= from) && (to === null || value <= to),
  );
}

/**
 * The indices of the plain rows that pass all filters, the named ones left aside.
 * @param {PlainRow[]} rows
 * @param {Explore.Filters} filters
 * @param {string[]} [aside]
 */
function plainMatch(rows, filters, aside = []) {
  const applied = Object.entries(filters).filter(([name]) => !aside.includes(name));
  return [...rows.keys()].filter((index) =>
    applied.every(([name, filter]) => passes(rows[index], name, filter)),
  );
}

/** @param {Explore.Match} match */
const passing = ({ failed }) => [...failed.keys()].filter((index) => failed[index] === 0);

test("the rows that match are those of a plain filter", () => {
  forSeeds(300, (random) => {
    const rows = plainRows(random);
    const filters = randomFilters(random, rows);
    const match = explore.match(explore.decode(documentOf(rows)), filters, "");
    const expected = plainMatch(rows, filters);
    assert.deepEqual(passing(match), expected);
    assert.equal(match.length, expected.length);
  });
});

test("the count beside a value is that of the rows under the other filters", () => {
  forSeeds(200, (random) => {
    const rows = plainRows(random);
    const filters = randomFilters(random, rows);
    const table = explore.decode(documentOf(rows));
    const match = explore.match(table, filters, "");
    for (const facet of table.facets.filter(({ levels }) => levels)) {
      const others = plainMatch(rows, filters, [facet.name]).map((i) =>
        LEVELS[facet.name](rows[i]),
      );
      const expected = [
        ...(facet.levels ?? []).map(
          (level) => others.filter((values) => values.includes(String(level))).length,
        ),
        others.filter((values) => !values.length).length,
      ];
      assert.deepEqual(explore.counts(facet, match), expected, facet.name);
    }
  });
});

test("rows come back as counted when one filter is taken away, the most first", () => {
  forSeeds(200, (random) => {
    const rows = plainRows(random);
    const filters = randomFilters(random, rows);
    const match = explore.match(explore.decode(documentOf(rows)), filters, "");
    const without = (/** @type {string} */ name) => plainMatch(rows, filters, [name]).length;
    const expected = Object.keys(filters)
      .map((name) => ({ name, count: without(name) - match.length }))
      .filter(({ count }) => count > 0);
    const found = explore.wouldReturn(match);
    const byName = (/** @type {{name: string}} */ a, /** @type {{name: string}} */ b) =>
      a.name.localeCompare(b.name);
    assert.deepEqual(found.toSorted(byName), expected.toSorted(byName));
    const counts = found.map(({ count }) => count);
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => b - a),
    );
  });
});

test("a filter that the table has no facet for has no effect", () => {
  forSeeds(5, (random) => {
    const rows = plainRows(random);
    const table = explore.decode(documentOf(rows));
    for (const name of ["image_set", "constructor", "toString"]) {
      const match = explore.match(table, { [name]: ["A"] }, "");
      assert.deepEqual(match.names, []);
      assert.equal(match.length, rows.length);
    }
  });
});

test("values can be chosen of a facet of numbers too", () => {
  forSeeds(50, (random) => {
    const rows = plainRows(random);
    const wanted = random.some([...new Set(rows.flatMap(MEASURES.imaging_depth))]).map(String);
    const table = explore.decode(documentOf(rows));
    const expected = [...rows.keys()].filter((index) =>
      rows[index].depths.some((depth) => wanted.includes(String(depth))),
    );
    assert.deepEqual(passing(explore.match(table, { imaging_depth: wanted }, "")), expected);
  });
});

test("the search is one filter among the others", () => {
  forSeeds(100, (random) => {
    const rows = plainRows(random);
    const filters = randomFilters(random, rows);
    const { id } = random.pick(rows);
    const table = explore.decode(documentOf(rows));
    const match = explore.match(table, filters, String(id));
    assert.equal(match.names.at(-1), "search");
    const expected = plainMatch(rows, filters).filter((index) => rows[index].id === id);
    assert.deepEqual(passing(match), expected);
  });
});
