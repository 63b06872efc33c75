/** Cells: marks the rows of the selected cells, and links to the pages of these cells. */
(() => {
  const TABLE = "cells-table";
  const LINKS = 2;

  /**
   * @param {{cell: number}[] | null} rows
   * @param {VbdSelection | null} selection
   */
  const mark = (rows, selection) => vbd.rowsOfSelection(TABLE, rows, selection);

  /**
   * Links from the selected cells to their pages, the last selected first.
   * @param {VbdSelection | null} selection
   */
  function daysLinks(selection) {
    const cells = (selection?.cells ?? []).slice(-LINKS).reverse();
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
