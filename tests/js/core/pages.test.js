/** Figures whose points lead to pages: `assets/core/pages.js`, and the navigation it uses. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "../support/load.js";

/** @type {string[]} What the browser was told, in order. */
let told = [];
/** @type {ReturnType<typeof load>} */
let window;

beforeEach(() => {
  told = [];
  window = load(["core/private_names.js", "core/navigation.js", "core/pages.js"], {
    history: {
      pushState: (
        /** @type {object} */ _state,
        /** @type {string} */ _title,
        /** @type {string} */ path,
      ) => told.push(path),
    },
    dispatchEvent: (/** @type {Event} */ event) => told.push(event.type),
    scrollTo: (/** @type {number} */ x, /** @type {number} */ y) => told.push(`${x}, ${y}`),
  });
  Object.assign(window.vbd, { connection: { expectPage: () => told.push("loading") } });
});

/** The functions that callbacks of Dash name. */
const pages = () =>
  /** @type {{pages: {clicked(click: unknown): unknown, outlines(shown: boolean): string}}} */ (
    /** @type {unknown} */ (window.dash_clientside)
  ).pages;

test("a click opens the path of the first point that has one, from its top", () => {
  const points = [{}, { customdata: ["/experiment/1", 7] }, { customdata: "/mouse/2" }];
  pages().clicked({ points });
  assert.deepEqual(told, ["loading", "/experiment/1", "_dashprivate_pushstate", "0, 0"]);
});

test("a click on nothing that leads to a page changes nothing", () => {
  assert.equal(pages().clicked({ points: [{}] }), window.dash_clientside.no_update);
  assert.equal(pages().clicked(null), window.dash_clientside.no_update);
  assert.deepEqual(told, []);
});

test("another view of the same page stays where it is scrolled to", () => {
  window.vbd.navigate("/compare?ids=1", { stay: true });
  assert.deepEqual(told, ["loading", "/compare?ids=1", "_dashprivate_pushstate"]);
});

test("the class of a row of days says whether outlines are shown", () => {
  assert.equal(pages().outlines(true), "days with-outlines");
  assert.equal(pages().outlines(false), "days");
});
