/** The scale bar and the outlines of the field of view, without page or server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/load.js";

const colors = { ink: "#111111", paper: "#eeeeee", accent: "#2222ff" };
const vocabulary = /** @type {Vocabulary} */ ({ colors });
const { vbd } = load(
  ["core/traces.js", "session/field_of_view/outlines.js", "session/field_of_view/scale_bar.js"],
  {},
  { vocabulary },
);

/** @type {VbdField} */
const FIELD = {
  experiment: 1,
  width: 512,
  height: 512,
  pixel_size: 0.78,
  pictures: {},
  starts: [0, 4, 8],
  cells: [
    { name: 7, cell_specimen_id: 7, cell_roi_id: 70, box: [0, 0, 2, 2], area: 3 },
    { name: 8, cell_specimen_id: null, cell_roi_id: 80, box: [400, 300, 10, 20], area: 100 },
  ],
};

/** @param {Float32Array} values */
const encoded = (values) => ({ dtype: "f4", bdata: Buffer.from(values.buffer).toString("base64") });
const X = new Float32Array([0, 1, 1, NaN, 400, 409, 409, NaN]);
const Y = new Float32Array([0, 0, 1, NaN, 300, 300, 319, NaN]);
const BASE = { data: [{ x: encoded(X), y: encoded(Y) }], layout: { meta: FIELD } };

for (const visible of [2, 8, 20, 64, 512, 1000]) {
  test(`the bar says how long it is where ${visible} px are visible`, () => {
    const { shapes, label } = vbd.fieldOfView.scaleBar(FIELD, [0, visible, visible, 0]);
    const { x0, x1 } = /** @type {{x0: number, x1: number}} */ (shapes[1]);
    const [number, unit] = /** @type {{text: string}} */ (label).text.split(" ");
    assert.equal(unit, "µm");
    assert.ok(Math.abs((x1 - x0) * (FIELD.pixel_size ?? NaN) - Number(number)) < 1e-9);
    const part = (x1 - x0) / visible;
    assert.ok(part <= 0.3 || number === "5");
  });
}

test("a field whose pixel size is unknown has a bar in pixels", () => {
  const field = { ...FIELD, pixel_size: null };
  const { shapes, label } = vbd.fieldOfView.scaleBar(field, [0, 512, 512, 0]);
  const { x0, x1 } = /** @type {{x0: number, x1: number}} */ (shapes[0]);
  assert.equal(/** @type {{text: string}} */ (label).text, "100 px");
  assert.ok(Math.abs(x1 - x0 - 100) < 1e-9);
});

test("the outlines of all cells are one path, and decoded once", () => {
  const outlines = vbd.fieldOfView.outlines(BASE);
  assert.equal(outlines.path, "M0,0L1,0L1,1M400,300L409,300L409,319");
  assert.equal(vbd.fieldOfView.outlines(BASE), outlines);
});

test("the outlines of chosen cells have a gap after each", () => {
  const chosen = vbd.fieldOfView.outlinesOf(vbd.fieldOfView.outlines(BASE), FIELD, [1]);
  assert.deepEqual(chosen, { x: [400, 409, 409, null], y: [300, 300, 319, null] });
});

test("a label runs from its cell towards the middle of the field", () => {
  const labels = vbd.fieldOfView.labels(FIELD, [0, 1]);
  assert.deepEqual(labels.text, ["7", "8"]);
  assert.deepEqual(labels.textposition, ["bottom right", "top left"]);
  assert.deepEqual(labels.y, [2, 299]);
});
