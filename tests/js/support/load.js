/** Runs scripts of the page without a page. */
import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";

const ASSETS = new URL("../../../assets/", import.meta.url);

/**
 * Run files of assets/ one after the other, as the page does, and return their `window`. It has
 * what `given` says; there is no `document`, so a script that needs one while it is loaded fails.
 * @param {string[]} files paths inside assets/
 * @param {Record<string, unknown>} [given] properties of `window`
 * @param {Partial<Vbd>} [known] what `vbd` holds already, such as the vocabulary of the page
 */
export function load(files, given = {}, known = {}) {
  const vbd = /** @type {Vbd} */ ({ ...known });
  const dash_clientside = { no_update: Symbol("no update") };
  const window = { vbd, dash_clientside: { ...dash_clientside }, ...given };
  for (const file of files) {
    const path = new URL(file, ASSETS);
    const script = compileFunction(
      readFileSync(path, "utf8"),
      ["window", "vbd", "dash_clientside"],
      { filename: path.href },
    );
    script(window, vbd, dash_clientside);
  }
  return window;
}

/** Explore's scripts that need neither page nor server. */
export const PURE = [
  "filters",
  "once",
  "table",
  "search",
  "cells",
  "match",
  "address",
  "scale",
  "groups/grouping",
  "groups/panels",
].map((name) => `explore/${name}.js`);
