/** Cells of a saved table: what `assets/core/table.js` writes into CSV files. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/load.js";

Object.assign(globalThis, { document: { addEventListener() {} } });
const { vbd } = load(["core/formulas.js", "core/table.js"]);

test("a text that begins like a formula is guarded", () => {
  assert.equal(vbd.table.stored("=1+1"), "'=1+1");
  assert.equal(vbd.table.stored("im065"), "im065");
});

test("numbers stay numbers", () => {
  assert.deepEqual([-1.5, -Infinity, [-1, 2]].map(vbd.table.stored), [-1.5, "-inf", "[-1, 2]"]);
});
