/**
 * Cells: the table's rows and the selected cells are the same thing.
 */
window.vbd = window.vbd || {};
(() => {
  const TABLE = "cells-table";

  /** The rows of the selected cells, and the last of them to scroll to. */
  function mark(rows, selection) {
    if (!rows || !selection || !vbd.table.isShown(TABLE))
      return [dash_clientside.no_update, dash_clientside.no_update];
    const names = new Set(rows.map((row) => row.cell));
    const ids = selection.cells.filter((cell) => names.has(cell)).map(String);
    return [
      { ids },
      ids.length ? { rowId: ids.at(-1), rowPosition: "auto" } : dash_clientside.no_update,
    ];
  }

  const LINKS = 2;

  /** Links from the selected cells to their pages, the last selected first. */
  function daysLinks(selection) {
    const cells = ((selection && selection.cells) || []).slice(-LINKS).reverse();
    return cells.map((cell) => ({
      namespace: "dash_core_components",
      type: "Link",
      props: {
        children: `all days of ${cell}`,
        href: vbd.url("cell", { cell_specimen_id: cell }),
        title: "This cell on every day of its container",
      },
    }));
  }

  document.addEventListener("vbd:row", ({ detail: { table, row, add } }) => {
    if (table === TABLE) vbd.cells.select(row.cell, { add });
  });
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    cells: { mark, daysLinks },
  });
})();
