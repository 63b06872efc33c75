/** Explore's grid: its columns, its rows, which of them pass, and what a highlighted row does. */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});

  /**
   * Take over the grid. `sorted(sort)`, `highlighted(row)` and `opened(row)` are called on the
   * reader's gestures. Returns what the page does with the grid.
   */
  explore.takeGrid = async function (id, { sorted, highlighted, opened }) {
    const api = await window.dash_ag_grid.getApiAsync(id);
    let shown = null; // per place: 0 where the row passes
    api.setGridOption("isExternalFilterPresent", () => shown !== null);
    api.setGridOption("doesExternalFilterPass", ({ data }) => !shown || shown[data.place] === 0);
    listen(api, { sorted, highlighted, opened });
    return {
      api,
      show(table, view) {
        shown = null;
        api.updateGridOptions({
          columnDefs: definitions(table, view, opened),
          rowData: table.rows,
        });
      },
      filter(match) {
        shown = match.failed;
        api.onFilterChanged();
      },
      hide: (names, hidden) => api.setColumnsVisible(names, !hidden),
      // Dash's grid selects anew, from this property, whenever the rows change.
      highlight(row) {
        window.dash_clientside.set_props(id, { selectedRows: row ? { ids: [row] } : [] });
        const node = row && api.getRowNode(row);
        if (node && node.rowIndex !== null) api.ensureNodeVisible(node, "middle");
      },
      saveCsv: (table) => saveCsv(api, table),
    };
  };

  /** The page of a row. */
  explore.pageOf = (table, id) => `/${table.kind}/${id}`;

  /** Go to a page of the dashboard without loading it anew. */
  explore.go = function (path) {
    vbd.dash.pushState(path);
    window.scrollTo(0, 0);
  };

  function listen(api, { sorted, highlighted, opened }) {
    api.addEventListener("sortChanged", () => {
      const chosen = api.getColumnState().filter((column) => column.sort);
      chosen.sort((a, b) => a.sortIndex - b.sortIndex);
      sorted(
        chosen.map((column) => ({ column: column.colId, descending: column.sort === "desc" })),
      );
    });
    api.addEventListener("cellFocused", ({ rowIndex }) => {
      const node = rowIndex === null ? null : api.getDisplayedRowAtIndex(rowIndex);
      if (node) node.setSelected(true);
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

  function definitions(table, view, opened) {
    const [id, ...others] = table.columns.map((column) => definition(table, column, view, opened));
    return [here(), id, ...explore.reviewColumns(table, view), ...others];
  }

  function here() {
    return {
      colId: "on_this_machine",
      headerName: "●",
      headerTooltip: "● The NWB file is on this machine; ○ it is only listed.",
      valueGetter: ({ data }) => data.here,
      cellDataType: false,
      cellClass: ({ value }) => (value ? "here" : "not-here"),
      valueFormatter: ({ value }) => (value ? "●" : "○"),
      tooltipValueGetter: ({ value }) => (value ? "On this machine" : "Not on this machine"),
      width: 44,
      pinned: "left",
      lockPosition: true,
    };
  }

  function definition(table, column, view, opened) {
    const sort = view.sort.findIndex((one) => one.column === column.name);
    const isIndex = column.name === table.id_name;
    return {
      colId: column.name,
      field: column.name,
      headerName: column.title,
      headerTooltip: `${column.name}: ${column.explanation}`,
      cellDataType: false,
      width: column.width,
      hide: !isIndex && view.hidden.includes(column.name),
      pinned: isIndex ? "left" : null,
      lockPosition: isIndex,
      sort: sort < 0 ? null : view.sort[sort].descending ? "desc" : "asc",
      sortIndex: sort < 0 ? null : sort,
      cellClass: column.type === "number" ? "quantity" : "",
      comparator: comparator(column),
      valueFormatter: ({ value }) => explore.shown(column, value),
      tooltipValueGetter: ({ value }) => explore.shown(column, value),
      ...(isIndex ? { cellRenderer: ({ data }) => link(table, data, opened) } : {}),
      ...(Object.keys(column.colors).length
        ? { cellStyle: ({ value }) => tint(column.colors[value]) }
        : {}),
    };
  }

  /** Values with levels are in order already; empty cells come last in both directions. */
  function comparator(column) {
    const rank = column.codes
      ? (node) => (column.codes[node.data.place] < 0 ? null : column.codes[node.data.place])
      : (node) =>
          Array.isArray(node.data[column.name])
            ? node.data[column.name][0]
            : node.data[column.name];
    return (_a, _b, nodeA, nodeB, descending) => {
      const [a, b] = [rank(nodeA), rank(nodeB)];
      if (a === null || b === null) return ((a === null) - (b === null)) * (descending ? -1 : 1);
      return a - b;
    };
  }

  function tint(color) {
    return color ? { boxShadow: `inset 4px 0 ${color}`, backgroundColor: `${color}2b` } : null;
  }

  /** The grid's cells are React's, so this is too. */
  function link(table, row, opened) {
    const { id } = row;
    const href = explore.pageOf(table, id);
    const onClick = (click) => {
      if (click.ctrlKey || click.metaKey || click.shiftKey || click.button) return;
      click.preventDefault();
      opened(row);
    };
    return window.React.createElement(
      "a",
      { href, onClick, className: "row-link", tabIndex: -1 },
      id,
    );
  }

  /** The rows that pass, in the order shown, with every column as the released table writes it. */
  function saveCsv(api, table) {
    api.exportDataAsCsv({
      fileName: `${table.id_name.replace(/_id$/, "")}_table.csv`,
      columnKeys: [
        ...table.columns.map((column) => column.name),
        "on_this_machine",
        ...(table.reviewed ? ["review"] : []),
      ],
      processHeaderCallback: ({ column }) => column.getColId(),
      processCellCallback: ({ value }) => stored(value),
    });
  }

  function stored(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return value ? "True" : "False";
    if (!Array.isArray(value)) return value;
    return `[${value.map((one) => (typeof one === "string" ? `'${one}'` : one)).join(", ")}]`;
  }
})();
