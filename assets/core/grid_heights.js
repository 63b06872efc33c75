/**
 * Rows, heads and columns of tables are as large as their type needs. AG Grid takes their sizes as
 * numbers, so they are set when a table arrives, another theme or size of text is chosen, or a panel
 * fills the page.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  /** @type {AgGridHeight[]} */
  const NAMES = ["rowHeight", "headerHeight", "groupHeaderHeight"];
  const INFINITE = "infinite"; // its rows are set anew by themselves
  /** The heights of each table for the usual size of type, px. @type {WeakMap<AgGridApi, (number | undefined)[]>} */
  const usual = new WeakMap();

  /** How large type was in each table when its columns got their widths. @type {WeakMap<AgGridApi, number>} */
  const before = new WeakMap();

  /** How large type is in a table, 1 for the usual size. @param {Element} table */
  function typeIn(table) {
    return vbd.themes.scale().text * vbd.themes.grown(table);
  }

  /** Columns that somebody has made wider stay so. @param {AgGridApi} api @param {number} type */
  function widen(api, type) {
    const more = type / (before.get(api) ?? 1);
    before.set(api, type);
    const columns = (api.getColumns() ?? []).filter((column) => !column.getFlex());
    const widths = columns.map((key) => ({ key, newWidth: key.getActualWidth() * more }));
    if (more !== 1) api.setColumnWidths(widths);
  }

  /** @param {AgGridApi} api @param {number} type */
  function set(api, type) {
    const sizes = usual.get(api) ?? NAMES.map((name) => api.getGridOption(name));
    usual.set(api, sizes);
    for (const [i, name] of NAMES.entries()) {
      const [now, height] = [api.getGridOption(name), Math.round((sizes[i] ?? 0) * type)];
      if (now && height && now !== height) api.setGridOption(name, height);
    }
    if (api.getGridOption("rowModelType") !== INFINITE) api.resetRowHeights();
    widen(api, type);
  }

  vbd.fitGrid = async (id) => {
    const api = await window.dash_ag_grid.getApiAsync(id);
    await new Promise(requestAnimationFrame); // a table that has just been made is not whole yet
    const table = document.getElementById(id);
    if (!api || !table || api.isDestroyed()) return;
    const type = typeIn(table);
    if (type !== (before.get(api) ?? 1)) set(api, type);
  };

  /** @param {ParentNode} where */
  function fitAll(where) {
    for (const wrapper of where.querySelectorAll(".ag-root-wrapper")) {
      const id = wrapper.closest("[id]")?.id;
      if (id) vbd.fitGrid(id);
    }
  }
  document.addEventListener("vbd:theme", () => fitAll(document));
  document.addEventListener("vbd:grown", ({ detail: panel }) => fitAll(panel));
})();
