/** Random tables: as plain rows, and as the document that the server would send of them. */

/** @typedef {import("./random.js").Random} Random */

/**
 * A row as a reader thinks of it; null or an empty list for no value.
 * @typedef {object} PlainRow
 * @property {number} id
 * @property {number} mouse
 * @property {number[]} planes ophys_experiment_ids
 * @property {string | null} cre
 * @property {boolean} passive
 * @property {string[]} areas
 * @property {number[]} depths
 * @property {number | null} age
 * @property {string | null} date
 * @property {boolean} here
 * @property {boolean} opens
 * @property {boolean} prepared
 */

const CRE = ["Slc17a7-IRES2-Cre", "Sst-IRES-Cre", "Vip-IRES-Cre"];
export const SHOWN = { "Vip-IRES-Cre": "Inhibitory V" };
const AREAS = ["VISal", "VISl", "VISp"];

/**
 * @param {Random} random
 * @returns {PlainRow}
 */
function plainRow(random) {
  const id = random.whole(100000, 999999);
  return {
    id,
    mouse: random.whole(100, 130),
    planes: random.list(random.whole(0, 3), () => random.whole(10000000, 10000040)),
    cre: random.chance(0.15) ? null : random.pick(CRE),
    passive: random.chance(0.4),
    areas: random.some(AREAS, 0.4),
    depths: random.list(random.whole(0, 3), () => random.whole(50, 400)),
    age: random.chance(0.2) ? null : random.whole(60, 400),
    date: random.chance(0.1)
      ? null
      : `2019-0${random.whole(1, 9)}-${random.whole(10, 28)} 10:00:00`,
    here: random.chance(0.5),
    opens: random.chance(0.5),
    prepared: random.chance(0.5),
  };
}

/**
 * Rows with ids of their own.
 * @param {Random} random
 */
export function plainRows(random, length = random.whole(1, 60)) {
  const rows = new Map(random.list(length, () => plainRow(random)).map((row) => [row.id, row]));
  return [...rows.values()];
}

/**
 * What columns and facets have in common.
 * @param {string} name
 */
const described = (name) => ({ name, title: name, explanation: "", shown_as: {}, colors: {} });

/**
 * Levels and codes of one value per row.
 * @param {(string | null)[]} values
 */
function coded(values) {
  const levels = [...new Set(values)].filter((value) => value !== null).sort();
  return { levels, codes: values.map((value) => (value === null ? -1 : levels.indexOf(value))) };
}

/**
 * Levels and codes of several values per row; -1 for none.
 * @param {string[][]} lists
 */
function codedLists(lists) {
  const levels = [...new Set(lists.flat())].sort();
  return {
    levels,
    codes: lists.map((list) => (list.length ? list.map((item) => levels.indexOf(item)) : -1)),
  };
}

/**
 * The document of the rows.
 * @param {PlainRow[]} rows
 * @returns {Explore.TableData}
 */
export function documentOf(rows) {
  const cre = { ...described("cre_line"), ...coded(rows.map((row) => row.cre)), shown_as: SHOWN };
  const mice = coded(rows.map((row) => String(row.mouse)));
  const ages = { ...described("age_in_days"), values: rows.map((row) => row.age) };
  const dates = { ...described("date_of_acquisition"), values: rows.map((row) => row.date) };
  /** @param {number[]} values */
  const orNull = (values) => (values.length ? values : null);
  const depths = { ...described("imaging_depth"), values: rows.map((row) => orNull(row.depths)) };
  const areas = { ...described("targeted_structure"), ...codedLists(rows.map((row) => row.areas)) };
  const ids = { ...described("behavior_session_id"), values: rows.map((row) => row.id) };
  const planes = {
    ...described("ophys_experiment_id"),
    values: rows.map((row) => orNull(row.planes)),
  };
  const passive = { ...described("passive"), values: rows.map((row) => row.passive) };
  return {
    kind: "behavior",
    id_name: "behavior_session_id",
    one: "session",
    many: "sessions",
    length: rows.length,
    here: rows.map((row) => row.here),
    opens: rows.map((row) => row.opens),
    prepared: rows.map((row) => row.prepared),
    columns: [
      { ...ids, type: "id", width: 100 },
      { ...cre, type: "text", width: 100 },
      { ...described("mouse_id"), ...mice, type: "text", width: 100 },
      { ...ages, type: "number", width: 100 },
      { ...passive, type: "flag", width: 100 },
      { ...planes, type: "ids", width: 100 },
    ],
    facets: [
      { ...cre, style: "values", unit: "", open: true },
      { ...areas, style: "values", unit: "", open: true },
      { ...described("mouse_id"), ...mice, style: "search", unit: "", open: false },
      { ...depths, style: "range", unit: "µm", open: true },
      { ...ages, style: "range", unit: "", open: false },
      { ...dates, style: "dates", unit: "", open: false },
    ],
  };
}

/**
 * The values of a row under a facet's name, written as a filter names them.
 * @type {Record<string, (row: PlainRow) => string[]>}
 */
export const LEVELS = {
  cre_line: ({ cre }) => (cre === null ? [] : [cre]),
  targeted_structure: ({ areas }) => areas,
  mouse_id: ({ mouse }) => [String(mouse)],
};

/**
 * The numbers or days of a row under a facet's name.
 * @type {Record<string, (row: PlainRow) => (number | string)[]>}
 */
export const MEASURES = {
  imaging_depth: ({ depths }) => depths,
  age_in_days: ({ age }) => (age === null ? [] : [age]),
  date_of_acquisition: ({ date }) => (date === null ? [] : [date.slice(0, 10)]),
};
