/** The query of a session page's URL, by the cases that Python is tested with, and time windows. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "../support/load.js";

const { vbd } = load(["session/view/query.js"]);
const CASES_FILE = new URL("../../cases/urls.json", import.meta.url);

/** @typedef {{window: [number, number] | null, cells: number[], options: VbdOptions}} CaseState */
/** @type {{query: string, state: CaseState}[]} */
const CASES = JSON.parse(readFileSync(CASES_FILE, "utf8"));

/**
 * @param {CaseState} state
 * @returns {VbdViewState}
 */
const viewOf = ({ window: span, cells, options }) => ({
  window: span && { start: span[0], stop: span[1] },
  cells,
  options,
});

test("there are cases", () => assert.ok(CASES.length > 3));

for (const { query, state } of CASES) {
  test(`a view becomes ${query || "no query"}`, () => {
    assert.equal(vbd.viewQuery(viewOf(state), {}), query);
  });
}

test("options that are as usual are left out, lists too", () => {
  const usual = { rows: ["stimulus", "licks"], tab: "trials", at: "" };
  const view = { window: { start: 1, stop: 2 }, cells: [], options: { ...usual } };
  assert.equal(vbd.viewQuery(view, usual), "?t=1-2");
  const other = { ...view, options: { ...usual, rows: ["licks", "stimulus"] } };
  assert.equal(vbd.viewQuery(other, usual), "?t=1-2&rows=licks,stimulus");
});

test("the window is written to a tenth of a millisecond", () => {
  const view = { window: { start: 1.234549, stop: 60.00006 }, cells: [], options: {} };
  assert.equal(vbd.viewQuery(view, {}), "?t=1.2345-60.0001");
});

const BOUNDS = { start: 10, stop: 110 };

test("a window keeps its length when it is moved over an end of the session", () => {
  assert.deepEqual(vbd.spanWithin(BOUNDS, 100, 130), { start: 80, stop: 110 });
  assert.deepEqual(vbd.spanWithin(BOUNDS, -5, 25), { start: 10, stop: 40 });
});

test("a window is no longer than the session and no shorter than 50 ms", () => {
  assert.deepEqual(vbd.spanWithin(BOUNDS, -1000, 1000), BOUNDS);
  const { start, stop } = vbd.spanWithin(BOUNDS, 50, 50);
  assert.equal(start, 50);
  assert.ok(Math.abs(stop - start - 0.05) < 1e-9);
});

test("a window is one that a link can say", () => {
  const { start, stop } = vbd.spanWithin(BOUNDS, 50.123449, 60.2);
  assert.deepEqual([start, stop], [50.1234, 60.2]);
  assert.deepEqual(vbd.spanWithin(BOUNDS, start, stop), { start, stop });
});

test("a window may be given from its end to its start", () => {
  assert.deepEqual(vbd.spanWithin(BOUNDS, 60, 30), { start: 30, stop: 60 });
});
