/**
 * Explore's tables: fetched once as columns, decoded, and given to the grid as rows.
 * A row has `id`, `here`, `place` (its position in the release) and every column under its name.
 */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const loading = {};

  /** The table of a kind: "experiment", "session" or "behavior". */
  explore.load = function (kind) {
    loading[kind] =
      loading[kind] ||
      fetch(vbd.url("table", { kind })).then(async (answer) => {
        if (!answer.ok) throw new Error(`The table could not be loaded (${answer.status}).`);
        return decode(await answer.json());
      });
    loading[kind].catch(() => delete loading[kind]);
    return loading[kind];
  };

  /** A value as the page writes it. */
  explore.shown = function (column, value) {
    if (value === null || value === undefined) return "";
    if (column.type === "date") return value.slice(0, 16);
    if (Array.isArray(value)) return value.join(", ");
    if (column.type === "flag") return value ? "True" : "False";
    return column.shown_as[value] || String(value);
  };

  function decode(table) {
    table.columns.forEach((column) => {
      column.at = column.codes
        ? (place) => (column.codes[place] < 0 ? null : column.levels[column.codes[place]])
        : (place) => column.values[place];
    });
    table.column = Object.fromEntries(table.columns.map((column) => [column.name, column]));
    table.facet = Object.fromEntries(table.facets.map((facet) => [facet.name, facet]));
    table.rows = Array.from({ length: table.length }, (_, place) => row(table, place));
    table.ids = table.rows.map((row) => row.id);
    return table;
  }

  function row(table, place) {
    const cells = table.columns.map((column) => [column.name, column.at(place)]);
    const values = Object.fromEntries(cells);
    const id = String(values[table.id_name]);
    return Object.assign(values, { id, place, here: table.here[place] });
  }
})();
