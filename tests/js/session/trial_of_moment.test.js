/** The trial of a moment: `assets/session/trial_of_moment.js` answers as the server does. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "../support/load.js";

/** @typedef {{case: string, first_moments: number[], last_stop: number, times: number[], trials: number[]}} Case */

const path = new URL("../../cases/trial_of_moment.json", import.meta.url);
/** @type {Case[]} */
const CASES = JSON.parse(readFileSync(path, "utf8"));
const { vbd } = load(["session/trial_of_moment.js"]);

for (const { case: name, first_moments, last_stop, times, trials } of CASES)
  test(name, () => {
    const found = times.map((time) => vbd.trialOfMoment(first_moments, last_stop, time));
    assert.deepEqual(found, trials);
  });
