/** Explore's view in the address: what is written is read again as it was. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, PURE } from "../support/load.js";
import { forSeeds } from "../support/random.js";

/** @typedef {import("../support/random.js").Random} Random */

const { explore } = load(PURE).vbd;
const NAMES = ["cre_line", "imaging_depth", "date_of_acquisition", "review", "mouse_id"];
const TEXTS = [
  "Vip-IRES-Cre",
  "a b",
  "a+b",
  "1&x=2",
  "50%",
  "ä µ",
  "a,b",
  "#",
  "none",
  "0",
  "1..2.3",
];
const LIMITS = [null, 0, -5, 175, 12.5, "2019-05-01"];

/**
 * @param {Random} random
 * @returns {Explore.View}
 */
function randomView(random) {
  const names = () => random.some(["age_in_days", "sex", "file_id"]);
  const filters = random.some(NAMES).map((name) => {
    const range = { from: random.pick(LIMITS), to: random.pick(LIMITS) };
    const values = random.some(TEXTS.filter((text) => !text.includes("..")));
    return [name, random.chance(0.5) || !values.length ? range : values];
  });
  const grouped = random.chance(0.5);
  const choice = () =>
    grouped && random.chance(0.7) ? random.pick(["cells", "sex", "mean"]) : null;
  return {
    tab: random.pick(["experiment", "session", "behavior"]),
    filters: Object.fromEntries(filters),
    search: random.chance(0.5) ? random.pick(TEXTS) : "",
    sort: names().map((column) => ({ column, descending: random.chance(0.5) })),
    hidden: names(),
    row: random.chance(0.5) ? String(random.whole(1, 1e9)) : null,
    shown: grouped ? "group" : random.pick(["table", "composition"]),
    max: random.pick(["", "facets"]),
    group: { measure: choice(), by: choice(), panels: choice(), plot: choice() },
  };
}

test("a view that is written is read as it was", () => {
  forSeeds(500, (random) => {
    const view = randomView(random);
    assert.deepEqual(explore.viewOf(explore.queryOf(view)), view);
  });
});

test("a query that was written is written the same again", () => {
  forSeeds(200, (random) => {
    const query = explore.queryOf(randomView(random));
    assert.equal(explore.queryOf(explore.viewOf(query)), query);
  });
});

test("the default view has no query", () => {
  assert.equal(explore.queryOf(explore.viewOf("")), "");
});

test("a query says the view in plain words", () => {
  const query =
    "?tab=session&cre_line=Vip-IRES-Cre&cre_line=Sst-IRES-Cre&imaging_depth=100..200" +
    "&age_in_days=..90&search=457841&sort=-age_in_days,sex&hide=sex,file_id&row=951410079" +
    "&view=group&measure=cells&by=targeted_structure";
  assert.deepEqual(explore.viewOf(query), {
    tab: "session",
    filters: {
      cre_line: ["Vip-IRES-Cre", "Sst-IRES-Cre"],
      imaging_depth: { from: 100, to: 200 },
      age_in_days: { from: null, to: 90 },
    },
    search: "457841",
    sort: [
      { column: "age_in_days", descending: true },
      { column: "sex", descending: false },
    ],
    hidden: ["sex", "file_id"],
    row: "951410079",
    shown: "group",
    max: "",
    group: { measure: "cells", by: "targeted_structure", panels: null, plot: null },
  });
  assert.equal(explore.queryOf(explore.viewOf(query)), query);
});

test("what cannot be understood is left at its default", () => {
  const view = explore.viewOf("?tab=elsewhere&view=tree&sort=,,&hide=");
  assert.deepEqual(view, explore.viewOf(""));
});

test("the choices of the group view are written only while it is shown", () => {
  const view = explore.viewOf("?measure=cells");
  assert.equal(view.group.measure, "cells");
  assert.equal(explore.queryOf(view), "");
});
