/** Rows that are ticked again stand where they usually are, and the others stay in their order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/load.js";

const { vbd } = load(["session/view/choices.js"]);
const USUAL = ["a", "b", "c", "d"];

/** @type {[string, string[], string[], string[]][]} */
const CASES = [
  ["a row comes back to its place", ["a", "c"], ["a", "c", "b"], ["a", "b", "c"]],
  ["the last row comes last", ["a"], ["a", "d"], ["a", "d"]],
  ["a link's own order stays", ["c", "a"], ["a", "c", "d"], ["c", "a", "d"]],
  ["only one is left", ["a", "b"], ["d"], ["d"]],
  ["an unknown row comes last", ["a"], ["a", "x"], ["a", "x"]],
];

for (const [name, shown, ticked, wanted] of CASES)
  test(name, () => assert.equal(vbd.view.inPlace(shown, ticked, USUAL).join(), wanted.join()));
