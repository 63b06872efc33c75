/** Texts in CSV files: `assets/core/formulas.js` guards them as Python does. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "../support/load.js";

const path = new URL("../../cases/formulas.json", import.meta.url);
/** @type {{text: string, guarded: string}[]} */
const CASES = JSON.parse(readFileSync(path, "utf8"));
const { vbd } = load(["core/formulas.js"]);

for (const { text, guarded } of CASES)
  test(`${JSON.stringify(text)} in a CSV file`, () => {
    assert.equal(vbd.guarded(text), guarded);
  });
