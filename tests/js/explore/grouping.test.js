/** The group view: equal to a plain group-by of plain rows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, PURE } from "../support/load.js";
import { forSeeds } from "../support/random.js";
import { documentOf, LEVELS, MEASURES, plainRows, SHOWN } from "../support/tables.js";

/** @typedef {import("../support/random.js").Random} Random */
/** @typedef {import("../support/tables.js").PlainRow} PlainRow */

const { explore } = load(PURE).vbd;
/** @type {Record<string, string>} */
const shownAs = SHOWN;

/** The labels of a row by each grouping: what a reader would write down. */
const LABELS = {
  cre_line: (/** @type {PlainRow} */ row) => LEVELS.cre_line(row).map((cre) => shownAs[cre] ?? cre),
  targeted_structure: LEVELS.targeted_structure,
  mouse_id: LEVELS.mouse_id,
  passive: (/** @type {PlainRow} */ row) => [row.passive ? "True" : "False"],
};

/**
 * @param {Random} random
 * @param {PlainRow[]} rows
 * @returns {Explore.Measure}
 */
function randomMeasure(random, rows) {
  return {
    name: "cells",
    title: "Cells",
    unit: "",
    explanation: "",
    prepared: random.chance(0.5),
    values: rows.map(() => (random.chance(0.2) ? null : random.whole(0, 500))),
  };
}

/**
 * A grouping that the table has.
 * @param {Explore.Table} table
 * @param {string} name
 */
function groupingOf(table, name) {
  const grouping = explore.groupingOf(table, name);
  assert.ok(grouping);
  return grouping;
}

/**
 * Rows by the labels of a panel and a group: the plain group-by.
 * @param {PlainRow[]} rows
 * @param {(row: PlainRow) => string[]} by
 * @param {((row: PlainRow) => string[]) | null} panelsBy
 * @param {number[]} indices
 */
function plainGroups(rows, by, panelsBy, indices) {
  /** @type {Record<string, number[]>} */
  const groups = {};
  const orNone = (/** @type {string[]} */ labels) => (labels.length ? labels : ["no value"]);
  for (const index of indices) {
    for (const panel of panelsBy ? orNone(panelsBy(rows[index])) : [""]) {
      for (const group of orNone(by(rows[index]))) {
        groups[`${panel}/${group}`] = [...(groups[`${panel}/${group}`] ?? []), index];
      }
    }
  }
  return groups;
}

test("groups in panels are those of a plain group-by", () => {
  forSeeds(200, (random) => {
    const rows = plainRows(random);
    for (const row of rows) row.mouse = 100 + (row.mouse % 15); // no more levels than panels
    const table = explore.decode(documentOf(rows));
    const measure = randomMeasure(random, rows);
    const match = explore.match(table, { cre_line: ["Vip-IRES-Cre", "Sst-IRES-Cre", "none"] }, "");
    const names = /** @type {(keyof typeof LABELS)[]} */ (Object.keys(LABELS));
    const [by, panelsBy] = [random.pick(names), random.pick([...names, null])];
    const found = explore.grouped(
      table,
      match,
      measure,
      groupingOf(table, by),
      panelsBy && groupingOf(table, panelsBy),
      rows.map(() => false),
    );
    const passing = [...rows.keys()].filter((index) => rows[index].cre !== "Slc17a7-IRES2-Cre");
    const valued = passing.filter((index) => measure.values[index] !== null);
    const groups = found.panels.flatMap((panel) =>
      panel.groups.map((group) => /** @type {const} */ ([`${panel.label}/${group.label}`, group])),
    );
    const filled = groups.filter(([, group]) => group.rows.length);
    assert.deepEqual(
      Object.fromEntries(filled.map(([label, group]) => [label, group.rows])),
      plainGroups(rows, LABELS[by], panelsBy && LABELS[panelsBy], valued),
    );
    for (const [, group] of groups) {
      assert.deepEqual(
        group.values,
        group.rows.map((index) => measure.values[index]),
      );
    }
    assert.equal(found.total, passing.length);
    assert.equal(found.valued, valued.length);
    assert.equal(found.left, 0);
  });
});

test("rows without a value are counted by the reason", () => {
  forSeeds(100, (random) => {
    const rows = plainRows(random);
    const table = explore.decode(documentOf(rows));
    const measure = randomMeasure(random, rows);
    const prepared = rows.map(() => random.chance(0.4));
    const by = groupingOf(table, "cre_line");
    const { missing } = explore.grouped(
      table,
      explore.match(table, {}, ""),
      measure,
      by,
      null,
      prepared,
    );
    const without = [...rows.keys()].filter((index) => measure.values[index] === null);
    const unprepared = without.filter((index) => measure.prepared && !prepared[index]);
    assert.deepEqual(missing, {
      elsewhere: unprepared.filter((index) => !rows[index].here).length,
      unprepared: unprepared.filter((index) => rows[index].here).length,
      without: without.length - unprepared.length,
    });
  });
});

test("of very many levels the fullest are drawn, and the rows of the others counted", () => {
  forSeeds(5, (random) => {
    const rows = plainRows(random, 100);
    const n = rows.length;
    for (const [i, row] of rows.entries()) row.mouse = 100 + (i < 20 ? 0 : i);
    const table = explore.decode(documentOf(rows));
    const measure = { ...randomMeasure(random, rows), values: rows.map((_, i) => i) };
    const found = explore.grouped(
      table,
      explore.match(table, {}, ""),
      measure,
      groupingOf(table, "mouse_id"),
      null,
      [],
    );
    const [{ groups }] = found.panels;
    assert.equal(groups.length, 60);
    assert.deepEqual([groups[0].label, groups[0].rows.length], ["100", 20]);
    assert.equal(found.left, n - 20 - 59);
  });
});

test("many distinct numbers become spans that hold them", () => {
  forSeeds(100, (random) => {
    const rows = plainRows(random, 60);
    const table = explore.decode(documentOf(rows));
    const { labels, of } = groupingOf(table, "imaging_depth");
    for (const [index, row] of rows.entries()) {
      const depths = MEASURES.imaging_depth(row).map(Number);
      const spans = of(index).map((level) => labels[level]);
      assert.equal(spans.length, depths.length || 1);
      if (!depths.length) assert.deepEqual(spans, ["no value"]);
      for (const [i, depth] of depths.entries()) {
        const [low, high] = spans[i].split("–").map(Number);
        assert.ok(low <= depth && depth <= high, `${depth} in ${spans[i]}`);
      }
    }
    assert.ok(labels.length <= 8 + 2 + 1); // spans, one at each end, and "no value"
  });
});

test("few distinct numbers are groups of their own, in order", () => {
  forSeeds(20, (random) => {
    const rows = plainRows(random, 40);
    for (const row of rows) row.depths = [random.pick([75, 175, 275])];
    const { labels, title } = groupingOf(explore.decode(documentOf(rows)), "imaging_depth");
    assert.deepEqual(labels, ["75", "175", "275", "no value"]);
    assert.equal(title, "imaging_depth (µm)");
  });
});

test("rows can be grouped by facets and by columns with few values, not by dates or ids", () => {
  forSeeds(1, (random) => {
    const table = explore.decode(documentOf(plainRows(random, 30)));
    assert.deepEqual(
      explore.groupings(table).map(({ name }) => name),
      ["cre_line", "targeted_structure", "mouse_id", "imaging_depth", "age_in_days", "passive"],
    );
    assert.equal(explore.groupingOf(table, "constructor"), null);
  });
});
