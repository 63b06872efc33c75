/**
 * Explore's search. Digits match the beginning of any id, or the complete id of a cell; other text
 * matches words of the row. A row must match one of several ids and all of several words. Pure:
 * without page or server.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const ID_COLUMNS = [
    "ophys_experiment_id",
    "ophys_session_id",
    "behavior_session_id",
    "ophys_container_id",
    "mouse_id",
  ];
  const SHORTEST_CELL_ID = 7;
  /**
   * The ids and the words of each row, per table; computed at the first search.
   * @type {WeakMap<Explore.Table, string[]>[]}
   */
  const [idTexts, wordTexts] = [new WeakMap(), new WeakMap()];

  /** The ids and words of a search text, in lower case. */
  explore.searchParts = (text) =>
    text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter(Boolean);

  /** A test of rows (by index) for a search text, or null for an empty one. */
  explore.searchTest = (table, text) => {
    const parts = explore.searchParts(text);
    if (!parts.length) return null;
    const byId = parts.filter(isId).map((id) => idTest(table, id));
    const words = parts.filter((part) => !isId(part));
    const texts = words.length ? wordsOf(table) : [];
    return (index) =>
      (!byId.length || byId.some((test) => test(index))) &&
      words.every((word) => texts[index].includes(word));
  };

  /** Whether a part of a search may be a cell's id: a long number that no other id starts with. */
  explore.mayBeCell = (table, part) =>
    isId(part) &&
    part.length >= SHORTEST_CELL_ID &&
    !idsOf(table).some((ids) => ids.includes(` ${part}`));

  /** @param {string} part */
  const isId = (part) => /^\d{3,}$/.test(part);

  /**
   * @param {Explore.Table} table
   * @param {string} id
   * @returns {Explore.Test["passes"]}
   */
  function idTest(table, id) {
    const ids = idsOf(table);
    const ofCell = explore.experimentsOfCell(id);
    const experiments = table.column.ophys_experiment_id;
    return (index) =>
      ids[index].includes(` ${id}`) ||
      (ofCell.size > 0 && [experiments?.at(index)].flat().some((one) => ofCell.has(Number(one))));
  }

  /** @param {Explore.Table} table */
  function idsOf(table) {
    const columns = ID_COLUMNS.flatMap((name) => table.column[name] ?? []);
    return textsOf(idTexts, table, columns);
  }

  /** @param {Explore.Table} table */
  function wordsOf(table) {
    const columns = table.columns.filter((column) => ["text", "texts"].includes(column.type));
    return textsOf(wordTexts, table, columns);
  }

  /**
   * @param {WeakMap<Explore.Table, string[]>} known
   * @param {Explore.Table} table
   * @param {Explore.Column[]} columns
   */
  function textsOf(known, table, columns) {
    const texts = known.get(table) ?? table.rows.map((row) => textOf(row, columns));
    known.set(table, texts);
    return texts;
  }

  /**
   * A row's values as stored and as shown, each after a space.
   * @param {Explore.Row} row
   * @param {Explore.Column[]} columns
   */
  function textOf(row, columns) {
    return columns
      .map((column) => [
        [row[column.name]].flat().join(" "),
        explore.shown(column, row[column.name]),
      ])
      .map(([stored, shown]) => ` ${stored} ${shown}`)
      .join("")
      .toLowerCase();
  }
})();
