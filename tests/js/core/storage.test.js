/** What the browser remembers: `assets/core/storage.js`. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/load.js";

test("what is written is read again", () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const { vbd } = load(["core/storage.js"], {
    localStorage: {
      getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
    },
  });
  let explore = "/";
  vbd.url = () => explore;
  assert.equal(vbd.storage.read("vbd.author"), null);
  vbd.storage.write("vbd.author", "Ada");
  assert.equal(vbd.storage.read("vbd.author"), "Ada");
  explore = "/below/"; // another dashboard of the same host
  assert.equal(vbd.storage.read("vbd.author"), null);
});

test("a browser that forbids it is no failure", () => {
  const window = load(["core/storage.js"]);
  Object.defineProperty(window, "localStorage", {
    get() {
      throw new Error("SecurityError");
    },
  });
  window.vbd.storage.write("vbd.author", "Ada");
  assert.equal(window.vbd.storage.read("vbd.author"), null);
});
