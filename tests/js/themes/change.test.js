/** What a theme makes of figures: `assets/themes/change.js`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/load.js";

const { themes } = load(["themes/change.js"], {}, { themes: /** @type {any} */ ({}) }).vbd;
const change = {
  colors: new Map([
    ["#ffffff", "#101112"],
    ["#1d2733", "#e6eaf0"],
  ]),
  text: 1.25,
  tight: 1,
  lines: 0.75,
};

test("colours are changed wherever they stand, with their opacity", () => {
  const from = {
    paper: "#FFFFFF",
    band: "rgba(29,39,51,0.2)",
    pale: "#1d273340",
    steps: [[0.5, "#1d2733"]],
    each: ["#1d2733", "#ffffff"],
    text: "<span style='color:#1d2733'>■</span> dF/F",
  };
  assert.deepEqual(themes.turned(from, change), {
    paper: "#101112",
    band: "rgba(230,234,240,0.2)",
    pale: "#e6eaf040",
    steps: [[0.5, "#e6eaf0"]],
    each: ["#e6eaf0", "#101112"],
    text: "<span style='color:#e6eaf0'>■</span> dF/F",
  });
});

test("names of colours, other colours and data stay as they are", () => {
  const x = [1, 2];
  const y = { dtype: "f8", bdata: "#1d2733" };
  const trace = { x, y, customdata: ["#1d2733"], line: { color: "white" }, fill: "#ff3b30" };
  const turned = themes.turned(trace, change);
  assert.deepEqual(turned, trace);
  assert.equal(turned.x, x);
  assert.equal(turned.y, y);
});

test("type, the space for it and strokes grow, and what is tight does not", () => {
  const layout = {
    font: { size: 12 },
    margin: { l: 40 },
    xaxis: { range: [0, 1], domain: [0, 0.5], linewidth: 1 },
    shapes: [{ line: { width: 2 } }, { line: { width: 0 } }],
    annotations: [{ name: "tight", x: 3, font: { size: 10 } }],
  };
  assert.deepEqual(themes.turned(layout, change), {
    font: { size: 15 },
    margin: { l: 50 },
    xaxis: { range: [0, 1], domain: [0, 0.5], linewidth: 1.75 },
    shapes: [{ line: { width: 2.75 } }, { line: { width: 0 } }],
    annotations: [{ name: "tight", x: 3, font: { size: 10 } }],
  });
});

test("a change leads back, and nothing is changed twice", () => {
  const figure = { font: { size: 12, color: "#1d2733" }, shapes: [{ line: { width: 1.5 } }] };
  const once = { ...change, done: new WeakSet() };
  const turned = themes.turned(figure, once);
  assert.deepEqual(themes.turned(turned, themes.inverse(once)), figure);
  assert.equal(themes.turned([turned], once)[0], turned);
});
