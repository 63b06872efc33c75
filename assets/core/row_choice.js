/**
 * How the rows of a table are sorted and filtered, as the text of a query, and back. Pure: without
 * page or table. The parts are separated by commas:
 *   -reward_rate,start_time                     sorted by these columns, the first descending
 *   lick_time.gt.12.5,change_time.100..200      a filter of a column: a comparison, or a range
 *   initial_image_name.has.im0.or.is.omitted    and two comparisons of a column
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  /** AG Grid's name of each comparison. @type {Record<string, string>} */
  const COMPARISONS = {
    is: "equals",
    not: "notEqual",
    has: "contains",
    hasnot: "notContains",
    starts: "startsWith",
    ends: "endsWith",
    lt: "lessThan",
    le: "lessThanOrEqual",
    gt: "greaterThan",
    ge: "greaterThanOrEqual",
    empty: "blank",
    filled: "notBlank",
  };
  const WORDS = Object.fromEntries(Object.entries(COMPARISONS).map(([word, type]) => [type, word]));
  const WITHOUT_VALUE = ["empty", "filled"];
  const RANGE = "inRange";
  const FILTERED = /^(.+?)\.(.+)$/s;
  const SPAN = /^(-?\d.*?)\.\.(-?\d.*)$/;
  const JOINED = /\.(and|or)\./;

  /** A text without the characters that separate parts. @param {unknown} text */
  const escaped = (text) =>
    String(text).replace(/[%,.]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

  /** A name of a column; one that begins with a minus is not taken for a descending one. @param {string} name */
  const named = (name) => escaped(name).replace(/^-/, "%2D");

  /** @param {string} text */
  const plain = (text) => text.replace(/%(25|2C|2E|2D)/g, decodeURIComponent);

  /** @param {Partial<AgGridComparison>} comparison */
  function comparisonText({ type = "", filter, filterTo }) {
    if (type === RANGE) return `${filter}..${filterTo}`;
    const word = WORDS[type];
    if (!word || WITHOUT_VALUE.includes(word)) return word ?? "";
    return `${word}.${typeof filter === "number" ? filter : escaped(filter ?? "")}`;
  }

  /** @param {AgGridFilter} filter */
  function filterText(filter) {
    const texts = (filter.conditions ?? [filter]).map(comparisonText).filter(Boolean);
    return texts.join(filter.operator === "OR" ? ".or." : ".and.");
  }

  /**
   * @param {string} text
   * @param {boolean} isNumber
   * @returns {AgGridComparison | null}
   */
  function comparisonOf(text, isNumber) {
    const filterType = isNumber ? "number" : "text";
    const [, word, value] = FILTERED.exec(text) ?? [];
    if (WITHOUT_VALUE.includes(text)) return { filterType, type: COMPARISONS[text] };
    if (!Object.hasOwn(COMPARISONS, word)) return isNumber ? rangeOf(text) : null;
    const filter = isNumber ? Number(value) : plain(value);
    return Number.isNaN(filter) ? null : { filterType, type: COMPARISONS[word], filter };
  }

  /** @param {string} text @returns {AgGridComparison | null} */
  function rangeOf(text) {
    const [filter, filterTo] = (SPAN.exec(text) ?? []).slice(1).map(Number);
    if (!Number.isFinite(filter) || !Number.isFinite(filterTo)) return null;
    return { filterType: "number", type: RANGE, filter, filterTo };
  }

  /**
   * @param {string} text
   * @param {boolean} isNumber
   * @returns {AgGridFilter | null}
   */
  function filterOf(text, isNumber) {
    const [first, joint, second] = text.split(JOINED);
    const found = [first, second].map((one) => one && comparisonOf(one, isNumber));
    const conditions = /** @type {AgGridComparison[]} */ (found.filter(Boolean));
    if (conditions.length < 2) return conditions[0] ?? null;
    const { filterType } = conditions[0];
    return { filterType, operator: joint === "or" ? "OR" : "AND", conditions };
  }

  vbd.rowChoice = {
    text({ sort, filters }) {
      const sorted = sort.map(({ colId, sort: way }) => (way === "desc" ? "-" : "") + named(colId));
      const filtered = Object.entries(filters)
        .map(([name, filter]) => [named(name), filterText(filter)])
        .filter(([, text]) => text)
        .map((parts) => parts.join("."));
      return [...sorted, ...filtered].join(",");
    },
    of(text, kindOf) {
      /** @type {VbdRowChoice} */
      const choice = { sort: [], filters: {} };
      for (const part of text.split(",").filter(Boolean)) {
        const [, name = "", condition = ""] = FILTERED.exec(part) ?? [];
        if (condition) addFilter(choice, plain(name), condition, kindOf);
        else addSort(choice, part, kindOf);
      }
      return choice;
    },
  };

  /**
   * @param {VbdRowChoice} choice
   * @param {string} name
   * @param {string} condition
   * @param {VbdColumnKind} kindOf
   */
  function addFilter({ filters }, name, condition, kindOf) {
    const kind = kindOf(name);
    const filter = kind && filterOf(condition, kind === "number");
    if (filter) filters[name] = filter;
  }

  /**
   * @param {VbdRowChoice} choice
   * @param {string} part
   * @param {VbdColumnKind} kindOf
   */
  function addSort({ sort }, part, kindOf) {
    const isDescending = part.startsWith("-");
    const colId = plain(isDescending ? part.slice(1) : part);
    if (kindOf(colId)) sort.push({ colId, sort: isDescending ? "desc" : "asc" });
  }
})();
