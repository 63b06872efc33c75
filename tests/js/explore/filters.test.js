/** Filters: what a click makes of one, and how one is written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, PURE } from "../support/load.js";
import { forSeeds, Random } from "../support/random.js";
import { documentOf, plainRows } from "../support/tables.js";

const { explore } = load(PURE).vbd;
const table = explore.decode(documentOf(plainRows(new Random(1), 30)));

test("a click chooses a value, a second one gives it back", () => {
  forSeeds(100, (random) => {
    const values = ["A", "B", "G", "H"];
    const chosen = random.some(values);
    const value = random.pick(values);
    const clicked = explore.toggled(chosen, value) ?? [];
    assert.equal(clicked.includes(value), !chosen.includes(value));
    assert.deepEqual(
      clicked.filter((one) => one !== value),
      chosen.filter((one) => one !== value),
    );
    assert.deepEqual((explore.toggled(clicked, value) ?? []).toSorted(), chosen);
  });
});

test("a filter without a value is none, and a range is left for the value that was clicked", () => {
  assert.equal(explore.toggled(["A"], "A"), null);
  assert.deepEqual(explore.toggled(undefined, "A"), ["A"]);
  assert.deepEqual(explore.toggled({ from: 1, to: 2 }, "A"), ["A"]);
});

test("filters are written with title, shown words and unit", () => {
  /**
   * @param {string} name
   * @param {Explore.Filter} filter
   */
  const shown = (name, filter) => explore.filterShown(table, name, filter);
  assert.equal(shown("cre_line", ["Vip-IRES-Cre", "none"]), "cre_line: Inhibitory V or no value");
  assert.equal(shown("imaging_depth", { from: 100, to: null }), "imaging_depth: from 100 µm");
  assert.equal(shown("imaging_depth", { from: null, to: 90 }), "imaging_depth: up to 90 µm");
  assert.equal(shown("imaging_depth", { from: 75, to: 75 }), "imaging_depth: 75 µm");
  assert.equal(shown("age_in_days", { from: 75, to: 80 }), "age_in_days: 75 to 80");
  assert.equal(shown("not_here", ["x", "y"]), "not_here: x or y");
});
