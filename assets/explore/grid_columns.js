/** AG Grid's column definitions for Explore's grid. */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;

  /** The path of a row's page. */
  explore.pageOf = (table, id) => vbd.url("recording", { kind: table.kind, id });

  /** The direction in which a view sorts a column; null if it does not. */
  explore.sortOf = (view, name) => {
    const index = view.sort.findIndex((one) => one.column === name);
    if (index < 0) return { sort: null, sortIndex: null };
    return { sort: view.sort[index].descending ? "desc" : "asc", sortIndex: index };
  };

  /** The columns of a table: id first, then reviews, then the columns of the release. */
  explore.gridColumns = (table, view, opened) => {
    const [id, ...others] = table.columns.map((column) => definition(table, column, view, opened));
    return [here(), id, ...explore.reviewColumns(table, view), ...others];
  };

  /** @param {Explore.Row} row */
  const mark = ({ here: isHere, opens }) => (isHere ? "●" : opens ? "◐" : "○");

  /** @param {Explore.Row} row */
  function wordsOf({ here: isHere, opens, prepared }) {
    const listed = "Only listed: its file is not on this machine and cannot be streamed";
    const place = isHere ? "On this machine" : opens ? "Can be streamed" : listed;
    return prepared ? `${place}; prepared, so that it opens at once` : place;
  }

  /** The column that says whether the file is on this machine. */
  function here() {
    return {
      colId: "on_this_machine",
      headerName: "●",
      headerTooltip:
        "● The NWB file is on this machine; ◐ it can be streamed; ○ it is only listed. Prepared recordings are green.",
      valueGetter: (/** @type {AgGridCell} */ { data }) => data.here,
      cellDataType: false,
      cellClass: (/** @type {AgGridCell} */ { data }) =>
        data.prepared ? "prepared" : data.here ? "here" : "not-here",
      valueFormatter: (/** @type {AgGridCell} */ { data }) => mark(data),
      tooltipValueGetter: (/** @type {AgGridCell} */ { data }) => wordsOf(data),
      width: 44,
      pinned: "left",
      lockPosition: true,
    };
  }

  /**
   * @param {Explore.Table} table
   * @param {Explore.Column} column
   * @param {Explore.View} view
   * @param {(row: Explore.Row) => void} opened
   * @returns {AgGridColumnDefinition}
   */
  function definition(table, column, view, opened) {
    const isIndex = column.name === table.id_name;
    const shown = (/** @type {AgGridCell} */ { value }) => explore.shown(column, value);
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
      ...explore.sortOf(view, column.name),
      cellClass: column.type === "number" ? "quantity" : "",
      comparator: comparator(column),
      valueFormatter: shown,
      tooltipValueGetter: shown,
      ...(isIndex
        ? { cellRenderer: (/** @type {AgGridCell} */ { data }) => link(table, data, opened) }
        : {}),
      ...(Object.keys(column.colors).length
        ? { cellStyle: (/** @type {AgGridCell} */ { value }) => tint(column.colors[value]) }
        : {}),
    };
  }

  /**
   * Compares values, those with levels by their codes; empty cells come last in both directions.
   * @param {Explore.Column} column
   * @returns {AgGridComparator<Explore.Value, Explore.Row>}
   */
  function comparator(column) {
    /** @param {Explore.Row} row */
    const rank = (row) => {
      if (column.codes) return column.codes[row.index] < 0 ? null : column.codes[row.index];
      const value = row[column.name];
      return /** @type {number | null} */ (Array.isArray(value) ? value[0] : value);
    };
    return (_a, _b, { data: rowA }, { data: rowB }, descending) => {
      const [a, b] = [rank(rowA), rank(rowB)];
      if (a !== null && b !== null) return a - b;
      return (Number(a === null) - Number(b === null)) * (descending ? -1 : 1);
    };
  }

  /** @param {string | undefined} color */
  function tint(color) {
    if (!color) return null;
    const shown = vbd.themes.css(color);
    const pale = `color-mix(in srgb, ${shown} 17%, transparent)`;
    return { boxShadow: `inset 4px 0 ${shown}`, backgroundColor: pale };
  }

  /**
   * A link as a React element, because dash-ag-grid renders cells with React.
   * @param {Explore.Table} table
   * @param {Explore.Row} row
   * @param {(row: Explore.Row) => void} opened
   */
  function link(table, row, opened) {
    const href = explore.pageOf(table, row.id);
    /** @param {MouseEvent} click */
    const onClick = (click) => {
      if (click.ctrlKey || click.metaKey || click.shiftKey || click.button) return;
      click.preventDefault();
      opened(row);
    };
    const properties = { href, onClick, className: "row-link", tabIndex: -1 };
    return window.React.createElement("a", properties, row.id);
  }
})();
