/**
 * Keeps how a table is sorted and filtered in the page's address, and sorts and filters a new table,
 * or one to which Back or Forward leads, as the address says. Tables call `vbdKeepRows` when they
 * have columns or rows, and when they are sorted or filtered (dashboard/components/grid.py).
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const ONE_STEP = 1000; // ms between changes that are one step of Back: a word is typed into a filter
  /** What is done by the program, not by the reader. */
  const PROGRAM = [
    "api",
    "gridOptionsChanged",
    "gridInitializing",
    "quickFilter",
    "rowDataUpdated",
  ];
  /** What each table was last given of the address. @type {WeakMap<AgGridApi, string>} */
  const given = new WeakMap();
  /** The tables on the page by their name in the query. @type {Map<string, VbdKeptTable>} */
  const tables = new Map();
  let changed = 0;

  /** @param {AgGridApi} api @returns {VbdRowChoice} */
  function choiceOf(api) {
    const sorted = api.getColumnState().filter(({ sort }) => sort);
    sorted.sort((a, b) => (a.sortIndex ?? 0) - (b.sortIndex ?? 0));
    const sort = sorted.map(({ colId, sort: way }) => ({ colId, sort: way ?? "asc" }));
    return { sort, filters: api.getFilterModel() ?? {} };
  }

  /** @param {AgGridApi} api @returns {VbdColumnKind} */
  const kindsOf = (api) => (name) => {
    const filter = api.getColumn(name)?.getColDef().filter;
    if (filter === undefined) return null;
    return filter === "agNumberColumnFilter" ? "number" : "text";
  };

  /** Sorts and filters a table as the address says. @param {AgGridApi} api @param {string} name */
  function give(api, name) {
    const text = vbd.address.get(name);
    const { sort, filters } = vbd.rowChoice.of(text, kindsOf(api));
    given.set(api, text);
    if (vbd.rowChoice.text(choiceOf(api)) === vbd.rowChoice.text({ sort, filters })) return;
    const state = sort.map((column, sortIndex) => ({ ...column, sortIndex }));
    api.applyColumnState({ state, defaultState: { sort: null } });
    api.setFilterModel(filters);
  }

  /** @param {AgGridApi} api @param {string} name */
  function keep(api, name) {
    const text = vbd.rowChoice.text(choiceOf(api));
    given.delete(api);
    if (text === vbd.address.get(name)) return;
    vbd.address.say(name, text, { isStep: Date.now() - changed > ONE_STEP });
    changed = Date.now();
  }

  /** A table of other rows in the place of an earlier one begins as it is stored. @param {string} name @param {VbdKeptTable} table */
  function arrived(name, table) {
    const earlier = tables.get(name);
    tables.set(name, table);
    if (earlier && earlier.rows !== table.rows && vbd.address.get(name)) vbd.address.say(name, "");
  }

  /**
   * @param {{api: AgGridApi, type: string, source?: string}} event
   * @param {string} name that of the table in the query
   * @param {string} rows names the rows where one place shows several tables
   */
  function keepRows({ api, type, source = "" }, name, rows = "") {
    if (api.isDestroyed()) return;
    const isChange = type === "sortChanged" || type === "filterChanged";
    if (isChange && !PROGRAM.includes(source)) return keep(api, name);
    if (isChange || !api.getColumns()?.length) return;
    if (tables.get(name)?.api !== api) arrived(name, { api, rows });
    else if (!given.has(api)) return; // the reader has chosen since
    give(api, name);
  }

  vbd.address.onArrival(() => tables.clear());
  vbd.address.onMove(() => {
    for (const [name, { api }] of tables) if (!api.isDestroyed()) give(api, name);
  });
  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, {
    vbdKeepRows: keepRows,
  });
})();
