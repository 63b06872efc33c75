/** Explore's search: equal to a plain rule on plain rows. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { load, PURE } from "../support/load.js";
import { forSeeds, Random } from "../support/random.js";
import { documentOf, plainRows, SHOWN } from "../support/tables.js";

/** @typedef {import("../support/tables.js").PlainRow} PlainRow */

const { explore } = load(PURE).vbd;
/** @type {Record<string, string>} */
const shownAs = SHOWN;

/**
 * The indices of the rows that a search finds; none is left out by an empty one.
 * @param {Explore.Table} table
 * @param {string} text
 */
function found(table, text) {
  const test_ = explore.searchTest(table, text);
  return [...table.rows.keys()].filter((index) => !test_ || test_(index));
}

/**
 * The plain rule: of several ids (three digits and more) a row has one that begins so, and every
 * word is part of one of its texts, as stored or as shown.
 * @param {PlainRow} row
 * @param {string} text
 */
function isFound(row, text) {
  const parts = text.toLowerCase().match(/[^\s,;]+/g) ?? [];
  const ids = parts.filter((part) => /^[0-9]+$/.test(part) && part.length > 2);
  const words = parts.filter((part) => !ids.includes(part));
  const numbers = [row.id, row.mouse, ...row.planes].map(String);
  const texts = [row.cre ?? "", shownAs[row.cre ?? ""] ?? "", String(row.mouse)];
  return (
    (!ids.length || ids.some((id) => numbers.some((number) => number.startsWith(id)))) &&
    words.every((word) => texts.some((one) => one.toLowerCase().includes(word)))
  );
}

test("a search finds the rows of the plain rule", () => {
  forSeeds(300, (random) => {
    const rows = plainRows(random);
    const row = random.pick(rows);
    const known = [row.id, row.mouse, ...row.planes].map(String);
    const parts = random.some(
      [
        random.pick(known),
        random.pick(known).slice(0, random.whole(1, 6)),
        "VIP",
        "cre",
        "hibitory",
        "nowhere",
        String(random.whole(0, 999)),
      ],
      0.3,
    );
    const text = parts.join(random.pick([" ", ", ", ";", "  "]));
    const expected = [...rows.keys()].filter((index) => isFound(rows[index], text));
    assert.deepEqual(found(explore.decode(documentOf(rows)), text), expected, text);
  });
});

test("the middle of an id finds nothing, its beginning does", () => {
  forSeeds(1, (random) => {
    const rows = plainRows(random, 1);
    const [row] = rows;
    Object.assign(row, { id: 987654, mouse: 111, planes: [] });
    const table = explore.decode(documentOf(rows));
    assert.deepEqual(found(table, "9876"), [0]);
    assert.deepEqual(found(table, "8765"), []);
    assert.deepEqual(found(table, "98"), []); // two digits are a word, and no text holds them
  });
});

test("a cell finds the rows of the experiments that the server names", async () => {
  const cell = "1086559968";
  const fetched = mock.method(globalThis, "fetch", () =>
    Promise.resolve(Response.json({ ophys_experiment_id: [10000001, 10000002], problem: "" })),
  );
  const paths = { experimentsOfCell: "/tables/cell/{id}.json" };
  const vocabulary = /** @type {Vocabulary} */ ({ paths: /** @type {{}} */ (paths) });
  const { explore: fresh } = load(["core/urls.js", ...PURE], {}, { vocabulary }).vbd;
  for (const seed of [1, 2, 3]) {
    const rows = plainRows(new Random(seed), 40);
    const table = fresh.decode(documentOf(rows));
    await fresh.findCells(table, `${cell} 12 word`);
    const expected = [...rows.keys()].filter((index) =>
      rows[index].planes.some((plane) => plane === 10000001 || plane === 10000002),
    );
    const test_ = fresh.searchTest(table, cell);
    assert.deepEqual(
      [...rows.keys()].filter((index) => test_?.(index)),
      expected,
    );
  }
  assert.deepEqual(
    fetched.mock.calls.map((call) => String(call.arguments[0])),
    [`/tables/cell/${cell}.json`], // asked once: what is known is not asked again
  );
  assert.deepEqual([...fresh.experimentsOfCell(cell)], [10000001, 10000002]);
  assert.equal(fresh.experimentsOfCell("1").size, 0);
  fetched.mock.restore();
});

test("a long number that begins an id of the table is no cell", () => {
  forSeeds(20, (random) => {
    const rows = plainRows(random).filter((row) => row.planes.length);
    const table = explore.decode(documentOf(rows));
    for (const row of rows) {
      assert.equal(explore.mayBeCell(table, String(row.planes[0]).slice(0, 7)), false);
    }
    assert.equal(explore.mayBeCell(table, "555555555"), true);
    assert.equal(explore.mayBeCell(table, "555555"), false);
    assert.equal(explore.mayBeCell(table, "5555555x"), false);
  });
});
