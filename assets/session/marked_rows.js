/** Marks the rows of a table for things that are selected elsewhere, and scrolls to one of them. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.markedRows = (table, rows, idsOf, at) => {
  const nothing = dash_clientside.no_update;
  if (!rows || !vbd.table.isShown(table)) return [nothing, nothing];
  const ids = idsOf(rows).map(String);
  return [{ ids }, ids.length ? { rowId: ids.at(at), rowPosition: "auto" } : nothing];
};
vbd.rowsOfSelection = (table, rows, selection) =>
  vbd.markedRows(
    table,
    selection && rows,
    (all) => {
      const cells = new Set(all.map((row) => row.cell));
      return (selection?.cells ?? []).filter((cell) => cells.has(cell));
    },
    -1,
  );
