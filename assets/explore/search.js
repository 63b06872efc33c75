/**
 * Explore's search: digits are the beginning of any id, or a cell's id in full; anything else is
 * a word of the row. Of several ids a row needs one, of several words all.
 */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const ID_COLUMNS = [
    "ophys_experiment_id",
    "ophys_session_id",
    "behavior_session_id",
    "ophys_container_id",
    "mouse_id",
  ];
  const SHORTEST_CELL_ID = 7;
  const cells = new Map();

  /** A test of rows (by place) for a search text, or null for an empty one. */
  explore.searchTest = function (table, text) {
    const parts = text
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter(Boolean);
    if (!parts.length) return null;
    const ids = parts.filter(isId);
    const words = parts.filter((part) => !isId(part));
    const byId = ids.map((id) => idTest(table, id));
    const texts = words.length ? wordsOf(table) : [];
    return (place) =>
      (!byId.length || byId.some((test) => test(place))) &&
      words.every((word) => texts[place].includes(word));
  };

  /** Ask the server for those ids of the text that may be cells'; true if it knew anything new. */
  explore.findCells = async function (table, text) {
    const ids = text.split(/[\s,;]+/).filter((part) => isId(part) && mayBeCell(table, part));
    const answers = await Promise.all(
      ids.map(async (id) => {
        const answer = await fetch(vbd.url("experimentsOfCell", { id }));
        if (!answer.ok) return false;
        const found = await answer.json();
        explore.cellProblem = found.problem || "";
        cells.set(id, new Set(found.ophys_experiment_id));
        return true;
      }),
    );
    return answers.some(Boolean);
  };

  /** Why cells cannot be searched for; "" where they can. */
  explore.cellProblem = "";

  /** How many experiments a cell was found in; 0 where the id is not a cell's. */
  explore.experimentsOfCell = (id) => (cells.has(id) ? cells.get(id).size : 0);

  const isId = (part) => /^\d{3,}$/.test(part);

  function mayBeCell(table, id) {
    if (id.length < SHORTEST_CELL_ID || cells.has(id)) return false;
    return !idsOf(table).some((ids) => ids.includes(` ${id}`));
  }

  function idTest(table, id) {
    const ids = idsOf(table);
    const experiments = cells.get(id);
    const planes = table.column.ophys_experiment_id;
    return (place) =>
      ids[place].includes(` ${id}`) ||
      Boolean(experiments && [planes.at(place)].flat().some((plane) => experiments.has(plane)));
  }

  function idsOf(table) {
    const columns = ID_COLUMNS.map((name) => table.column[name]).filter(Boolean);
    table.idTexts = table.idTexts || textOf(table, columns);
    return table.idTexts;
  }

  function wordsOf(table) {
    const columns = table.columns.filter((column) => ["text", "texts"].includes(column.type));
    table.wordTexts = table.wordTexts || textOf(table, columns);
    return table.wordTexts;
  }

  function textOf(table, columns) {
    return table.rows.map((row) =>
      columns
        .map(
          (column) =>
            ` ${[row[column.name]].flat().join(" ")} ${explore.shown(column, row[column.name])}`,
        )
        .join("")
        .toLowerCase(),
    );
  }

  document.addEventListener("keydown", (event) => {
    const field = document.getElementById("explore-search");
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (vbd.vocabulary.keys[event.key] !== "search" || typing || !field) return;
    event.preventDefault();
    field.focus();
  });
})();
