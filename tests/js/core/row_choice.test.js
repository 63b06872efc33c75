/** How tables are sorted and filtered, as text: what is written is read again as it was. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../support/load.js";
import { forSeeds } from "../support/random.js";

/** @typedef {import("../support/random.js").Random} Random */

const { rowChoice } = load(["core/row_choice.js"]).vbd;
const TEXTS = ["im065", "a.b", "a,b", "50%", "x.and.y", "-5", "ä µ", "1..2", "%2C", "is"];
const COLUMNS = ["start_time", "image.name", "-odd", "a,b", "v:motion"];
/** @type {VbdColumnKind} */
const kindOf = (name) =>
  name === "start_time" ? "number" : COLUMNS.includes(name) ? "text" : null;

/** @param {Random} random @param {"number" | "text"} filterType @returns {AgGridComparison} */
function randomComparison(random, filterType) {
  const number = () => random.pick([-5, 0, 12.25, 1e-7, 1e21]);
  if (random.chance(0.2)) return { filterType, type: random.pick(["blank", "notBlank"]) };
  if (filterType === "text")
    return { filterType, type: random.pick(["contains", "equals"]), filter: random.pick(TEXTS) };
  if (random.chance(0.3))
    return { filterType, type: "inRange", filter: number(), filterTo: number() };
  return { filterType, type: random.pick(["lessThan", "greaterThanOrEqual"]), filter: number() };
}

/** @param {Random} random @param {string} name @returns {AgGridFilter} */
function randomFilter(random, name) {
  const filterType = kindOf(name) ?? "text";
  const one = () => randomComparison(random, filterType);
  if (random.chance(0.6)) return one();
  return { filterType, operator: random.pick(["AND", "OR"]), conditions: [one(), one()] };
}

test("a choice that is written is read as it was", () => {
  forSeeds(500, (random) => {
    /** @type {VbdRowChoice} */
    const choice = {
      sort: random.some(COLUMNS).map((colId) => ({ colId, sort: random.pick(["asc", "desc"]) })),
      filters: Object.fromEntries(
        random.some(COLUMNS).map((name) => [name, randomFilter(random, name)]),
      ),
    };
    assert.deepEqual(rowChoice.of(rowChoice.text(choice), kindOf), choice);
  });
});

test("the text is short and plain", () => {
  const text = "-start_time,start_time.gt.12.5,v:motion.has.im0.or.is.omitted";
  const choice = rowChoice.of(text, kindOf);
  assert.deepEqual(choice.sort, [{ colId: "start_time", sort: "desc" }]);
  assert.equal(choice.filters.start_time.filter, 12.5);
  assert.equal(choice.filters["v:motion"].conditions?.length, 2);
  assert.equal(rowChoice.text(choice), text);
  const range = { filterType: /** @type {const} */ ("number"), type: "inRange" };
  const filters = { start_time: { ...range, filter: -1, filterTo: 2.5 } };
  assert.equal(rowChoice.text({ sort: [], filters }), "start_time.-1..2.5");
});

test("what a table does not have, and what is mistyped, is left out", () => {
  for (const text of ["nothing", "nothing.has.x", "start_time.like.5", "start_time.gt.five", ",,"])
    assert.deepEqual(rowChoice.of(text, kindOf), { sort: [], filters: {} });
});
