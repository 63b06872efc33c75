/** The numbers of the timeline's axis while it is moved: those that Plotly would write. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/load.js";

const { vbd } = load(["session/hand/ticks.js"]);

/** @type {[number, number, string[]][]} */
const CASES = [
  [1000, 1060, ["1,000", "1,010", "1,020", "1,030", "1,040", "1,050", "1,060"]],
  [9.068, 4516.1, ["500", "1,000", "1,500", "2,000", "2,500", "3,000", "3,500", "4,000", "4,500"]],
  [10.01, 10.06, ["10.01", "10.015", "10.02", "10.025", "10.03", "10.035"].concat(["10.04"])],
  [-3, 3, ["−3", "−2", "−1", "0", "1", "2", "3"]],
];

for (const [start, stop, texts] of CASES)
  test(`the numbers from ${start} to ${stop}`, () => {
    const found = vbd.ticks({ start, stop });
    assert.deepEqual(
      found.slice(0, texts.length).map(({ text }) => text),
      texts,
    );
    assert.ok(found.every(({ time }) => time >= start - 1e-6 && time <= stop + 1e-6));
    assert.ok(found.length <= 12);
  });
