/** The trial of a moment: `assets/session/trial_of_moment.js` answers as the server does. */
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { test } = require("node:test");
const vm = require("node:vm");

const ROOT = join(__dirname, "../../..");
const CASES = JSON.parse(readFileSync(join(ROOT, "tests/cases/trial_of_moment.json"), "utf8"));

const vbd = {};
const script = readFileSync(join(ROOT, "assets/session/trial_of_moment.js"), "utf8");
vm.runInNewContext(script, { window: { vbd }, vbd });

for (const { case: name, first_moments, last_stop, times, trials } of CASES)
  test(name, () => {
    const found = times.map((time) => vbd.trialOfMoment(first_moments, last_stop, time));
    assert.deepEqual(found, trials);
  });
