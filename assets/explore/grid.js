/** Explore's grid: its rows, the filter, the highlighted row and the CSV file. */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;

  /**
   * Set up the grid. `sorted(sort)`, `highlighted(row)` and `opened(row)` are called after actions
   * of the user. Returns functions with which the page controls the grid.
   */
  explore.takeGrid = async (id, does) => {
    const api = await window.dash_ag_grid.getApiAsync(id);
    /** @type {Uint8Array | null} */
    let failed = null; // per row, by its index: the number of filters that it fails
    api.setGridOption("isExternalFilterPresent", () => failed !== null);
    api.setGridOption(
      "doesExternalFilterPass",
      (/** @type {{data: Explore.Row}} */ { data }) => !failed || failed[data.index] === 0,
    );
    listen(api, does);
    return {
      api,
      show(table, view) {
        failed = null;
        const columnDefs = explore.gridColumns(table, view, does.opened);
        api.updateGridOptions({ columnDefs, rowData: table.rows });
      },
      filter(match) {
        failed = match.failed;
        api.onFilterChanged();
      },
      hide: (names, hidden) => api.setColumnsVisible(names, !hidden),
      // dash-ag-grid selects rows again from this property whenever the rows change.
      highlight(row) {
        dash_clientside.set_props(id, { selectedRows: row ? { ids: [row] } : [] });
        const node = row && api.getRowNode(row);
        if (node && node.rowIndex !== null) api.ensureNodeVisible(node, "middle");
      },
      first: () => api.getDisplayedRowAtIndex(0)?.data?.id ?? null,
      saveCsv: (table) => saveCsv(api, table),
    };
  };

  /**
   * @param {AgGridApi} api
   * @param {Parameters<VbdExplore["takeGrid"]>[1]} does
   */
  function listen(api, { sorted, highlighted, opened }) {
    api.addEventListener("sortChanged", () => {
      const chosen = api.getColumnState().filter((column) => column.sort);
      chosen.sort((a, b) => (a.sortIndex ?? 0) - (b.sortIndex ?? 0));
      sorted(
        chosen.map((column) => ({ column: column.colId, descending: column.sort === "desc" })),
      );
    });
    api.addEventListener("cellFocused", ({ rowIndex }) => {
      if (rowIndex !== null) api.getDisplayedRowAtIndex(rowIndex)?.setSelected(true);
    });
    api.addEventListener("selectionChanged", () => {
      const [row] = api.getSelectedRows();
      if (row) highlighted(row);
    });
    api.addEventListener("rowDoubleClicked", ({ data }) => opened(data));
    api.addEventListener("cellKeyDown", ({ data, event }) => {
      if (event.key === "Enter") opened(data);
    });
  }

  /**
   * Save the rows that pass in the order shown, with all columns as in the released table.
   * @param {AgGridApi} api
   * @param {Explore.Table} table
   */
  function saveCsv(api, table) {
    api.exportDataAsCsv({
      fileName: `${table.id_name.replace(/_id$/, "")}_table.csv`,
      columnKeys: [
        ...table.columns.map((column) => column.name),
        "on_this_machine",
        ...(table.reviewed ? ["review"] : []),
      ],
      processHeaderCallback: (/** @type {AgGridCell} */ { column }) =>
        vbd.guarded(column.getColId()),
      processCellCallback: (/** @type {AgGridCell} */ { value }) => vbd.table.stored(value),
    });
  }
})();
