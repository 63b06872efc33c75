/** Figures whose points lead to pages: `assets/core/pages.js`. */
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { beforeEach, test } = require("node:test");
const vm = require("node:vm");

const SCRIPT = join(__dirname, "../../../assets/core/pages.js");

/** What the browser was told: the paths that were opened. */
let opened = [];
let pages = {};

beforeEach(() => {
  opened = [];
  const window = {
    dash_clientside: { no_update: "no update" },
    dispatchEvent: () => {},
    history: { pushState: (_state, _title, path) => opened.push(path) },
  };
  // A name of its own for what scripts write to `window`, as in a browser.
  const context = vm.createContext({ window, CustomEvent: class {}, vbd: {} });
  vm.runInContext(readFileSync(SCRIPT, "utf8"), context);
  pages = window.dash_clientside.pages;
});

test("a click opens the path of the first point that has one", () => {
  pages.clicked({ points: [{}, { customdata: ["/experiment/1", 7] }, { customdata: "/mouse/2" }] });
  assert.deepEqual(opened, ["/experiment/1"]);
});

test("a click on nothing that leads to a page changes nothing", () => {
  assert.equal(pages.clicked({ points: [{}] }), "no update");
  assert.equal(pages.clicked(null), "no update");
  assert.deepEqual(opened, []);
});

test("the class of a row of days says whether outlines are shown", () => {
  assert.equal(pages.outlines(true), "days with-outlines");
  assert.equal(pages.outlines(false), "days");
});
