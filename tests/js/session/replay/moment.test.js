/** Replay: what a block says of a moment, against a plain restatement. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../support/load.js";

const { vbd } = load(["core/traces.js", "session/replay/blocks.js", "session/replay/moment.js"]);

/** @param {"f8" | "f4" | "i4" | "u1"} type @param {number[]} values */
function array(type, values) {
  const kinds = { f8: Float64Array, f4: Float32Array, i4: Int32Array, u1: Uint8Array };
  return { dtype: type, bdata: Buffer.from(new kinds[type](values).buffer).toString("base64") };
}

const STARTS = [0, 0.75, 1.5, 2.25];
const ELLIPSES = Array.from({ length: 30 }, (_, i) => i);
const BLOCK = vbd.replay.decode({
  start: 0,
  stop: 20,
  presentations: {
    start: array("f8", STARTS),
    stop: array(
      "f8",
      STARTS.map((start) => start + 0.25),
    ),
    name: ["a", "a", "omitted", "b"],
    is_change: array("u1", [0, 0, 0, 1]),
    is_sham_change: array("u1", [0, 0, 0, 0]),
  },
  trials: {
    id: array("i4", [7, 8]),
    start: array("f8", [0.5, 2]),
    stop: array("f8", [1.9, 4]),
    outcome: ["aborted", "hit"],
    known: array("f8", [1, 2.6]),
  },
  licks: { time: array("f8", [-1, 1, 2.6]) },
  rewards: { time: array("f8", [2.7]), free: array("u1", [1]) },
  running: { time: array("f8", [0, 0.1, 0.2]), value: array("f4", [1, 2, Number.NaN]) },
  eye: {
    time: array("f8", [0, 0.05]),
    frame: array("i4", [40, 41]),
    ellipses: array("f4", ELLIPSES),
    blink: array("u1", [0, 1]),
    area: array("f4", [10, Number.NaN]),
  },
  planes: [{ experiment: 1, time: array("f8", [0]), level: array("u1", [1]), top: 1, unit: "x" }],
  unreadable: [],
});
const at = (/** @type {number} */ t) => vbd.replay.moment(BLOCK, t, 4);

test("a flash is shown from its start to its end", () => {
  for (let t = -0.5; t < 4; t += 0.01) {
    const i = STARTS.findIndex((start) => t >= start && t <= start + 0.25);
    const image = i < 0 ? null : ["a", "a", "omitted", "b"][i];
    assert.equal(at(t).image, image);
    assert.equal(at(t).isChange, i === 3);
  }
});

test("an outcome is known from its time on, and trials end with the session's last", () => {
  assert.equal(at(0.4).trial, null);
  assert.deepEqual(at(0.9).trial, { id: 7, outcome: "aborted", isKnown: false });
  assert.deepEqual(at(1.95).trial, { id: 7, outcome: "aborted", isKnown: true });
  assert.deepEqual(at(2.5).trial, { id: 8, outcome: "hit", isKnown: false });
  assert.deepEqual(at(2.6).trial, { id: 8, outcome: "hit", isKnown: true });
  assert.equal(at(4).trial, null);
});

test("licks and rewards tell how long ago they were", () => {
  assert.equal(at(-0.5).lick, 0.5);
  assert.equal(at(-2).lick, null);
  assert.ok(Math.abs(Number(at(2.75).lick) - 0.15) < 1e-9);
  assert.equal(at(2.6).water, null);
  assert.equal(at(2.75).isFree, true);
});

test("samples are those nearest, and none where none is near or known", () => {
  assert.equal(at(0.06).running, 2);
  assert.equal(at(0.19).running, null);
  assert.equal(at(0.4).running, null);
  assert.equal(at(0.03).eye?.frame, 41);
  assert.deepEqual([...(at(0.01).eye?.ellipses ?? [])], ELLIPSES.slice(0, 15));
  assert.equal(at(0.3).eye, null);
});

test("a step goes to the next or previous flash, omitted ones too", () => {
  assert.equal(vbd.replay.flash(BLOCK, 0.8, true), 1.5);
  assert.equal(vbd.replay.flash(BLOCK, 1.5, true), 2.25);
  assert.equal(vbd.replay.flash(BLOCK, 1.5, false), 0.75);
  assert.equal(vbd.replay.flash(BLOCK, 2.25, true), undefined);
  assert.equal(vbd.replay.flash(BLOCK, 0, false), undefined);
});
