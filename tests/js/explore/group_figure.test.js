/** The figure of the group view: titles of panels fit, whole where they can be. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, PURE } from "../support/load.js";

const { explore } = load([...PURE, "explore/groups/figure.js"]).vbd;

test("a title of a panel has two lines where one is too short, and is cut only beyond", () => {
  const type = "OPHYS_2_images_B_passive";
  assert.deepEqual(explore.titleLines(type, 30), [type]);
  assert.deepEqual(explore.titleLines(type, 20), ["OPHYS_2_images_", "B_passive"]);
  assert.deepEqual(explore.titleLines("x".repeat(30), 10), ["xxxxxxxxx…", "xxxxxxxxx…"]);
  assert.deepEqual(explore.titleLines("Slc17a7 IRES2", 8), ["Slc17a7", "IRES2"]);
});
