/** The numbers of a panel as a table, from what it shows: a grid, a table, or the traces of figures. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  const DRAWN = "The points as drawn, as many as the figure has room for.";

  /** @typedef {Record<string, VbdTableValue>} Row */

  const { plain, decoded, axisTitle, shown } = vbd.traces;

  /** @param {Row[]} rows @param {Record<string, string>} [units] @returns {VbdColumn[]} */
  function columns(rows, units = {}) {
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    return names.map((name) => ({
      name,
      unit: units[name] ?? "",
      values: rows.map((row) => row[name] ?? null),
    }));
  }

  /** The rows of a table in their order, without those that are filtered. @param {string} id */
  function ofGrid(id) {
    const api = window.dash_ag_grid.getApi(id);
    if (!api || api.getGridOption("rowModelType") === "infinite") return null;
    /** @type {Row[]} */
    const rows = [];
    api.forEachNodeAfterFilterAndSort(({ data }) => rows.push(data));
    return api.getAllDisplayedColumns().map((column) => {
      const [name, heading] = [column.getColId(), String(column.getColDef().headerName ?? "")];
      const unit = heading.startsWith(`${name} (`) ? heading.slice(name.length + 2, -1) : "";
      return { name, unit, values: rows.map((row) => row[name] ?? null) };
    });
  }

  /** @param {HTMLTableElement[]} tables */
  function ofTables(tables) {
    const rows = tables.flatMap((table) => {
      const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => plain(cell.textContent));
      return [...table.tBodies]
        .flatMap((body) => [...body.rows])
        .filter((row) => row.checkVisibility())
        .map((row) =>
          Object.fromEntries(
            [...row.cells].map((cell, i) => [
              heads[i] || `column ${i + 1}`,
              plain(cell.textContent),
            ]),
          ),
        );
    });
    return columns(rows);
  }

  /** The lines of the comparison: a name and a value per experiment. @param {Element[]} lines */
  function ofLines(lines) {
    const rows = lines.map((line) => {
      const values = [...line.querySelectorAll(".compare-value")];
      const named = values.map((value, i) => [`experiment ${i + 1}`, plain(value.textContent)]);
      const name = plain(line.querySelector(".compare-name")?.textContent);
      return { name, ...Object.fromEntries(named) };
    });
    return columns(rows);
  }

  /** @param {PlotlyTrace} trace @returns {Row[]} */
  function points(trace) {
    const [x, y, z, text] = [trace.x, trace.y, trace.z, trace.text].map(decoded);
    if (z.length)
      return z.flatMap((row, i) =>
        [...row].map((value, j) => ({ x: x[j] ?? j, y: y[i] ?? i, value })),
      );
    return Array.from({ length: Math.max(x.length, y.length) }, (_, i) => ({
      ...told(trace, i),
      x: x[i] ?? null,
      y: y[i] ?? null,
      ...(typeof trace.text === "object" && text.length ? { text: plain(text[i]) } : {}),
    })).filter((row) => !isGap(row));
  }

  /** The end of a part of a line, which has no point. @param {Row} point */
  const isGap = ({ x, y }) => [x, y].every((value) => value === null || Number.isNaN(value));

  /**
   * What a trace tells of a point beside it (dashboard/figures/days/small_multiples.py).
   * @param {PlotlyTrace} trace @param {number} i @returns {Row}
   */
  function told(trace, i) {
    /** @type {[string, any][]} */
    const columns = Object.entries(trace.meta?.columns ?? {});
    return Object.fromEntries(
      columns.map(([name, one]) => [
        name,
        one?.each ? (one.values[Math.floor(i / one.each)] ?? null) : one,
      ]),
    );
  }

  /** @param {PlotlyElement[]} plots */
  function ofPlots(plots) {
    const rows = plots.flatMap((plot, i) =>
      shown(plot).flatMap((trace) =>
        points(trace).map((point) => ({
          ...(plots.length > 1 ? { figure: i + 1 } : {}),
          trace: plain(trace.name),
          ...point,
          "x axis": axisTitle(plot, "x", trace.xaxis),
          "y axis": axisTitle(plot, "y", trace.yaxis),
        })),
      ),
    );
    return columns(rows);
  }

  /** @param {Element} panel @param {string} selector */
  const inSight = (panel, selector) =>
    [...panel.querySelectorAll(selector)].filter((element) => element.checkVisibility());

  /** @param {Element} panel @returns {{columns: VbdColumn[], notes: string[]} | null} */
  function numbers(panel) {
    for (const grid of inSight(panel, ".vbd-grid")) {
      const found = ofGrid(grid.id);
      if (found)
        return { columns: found, notes: ["The rows in the order and choice of the table."] };
    }
    const plots = vbd.panels.plots(panel);
    if (plots.length) return { columns: ofPlots(plots), notes: [DRAWN] };
    const lines = inSight(panel, ".compare-line");
    if (lines.length) return { columns: ofLines(lines), notes: ["The table as shown."] };
    const tables = /** @type {HTMLTableElement[]} */ (inSight(panel, ".panel-body table"));
    return tables.length ? { columns: ofTables(tables), notes: ["The table as shown."] } : null;
  }

  vbd.panels.shownNumbers = (panel) => {
    const found = numbers(panel);
    if (!found?.columns.length) return null;
    const title = vbd.panels.titleOf(panel);
    return { title, ...found, notes: [vbd.panels.link(panel), ...found.notes] };
  };
  vbd.panels.hasGrid = (panel) => inSight(panel, ".vbd-grid").some(({ id }) => ofGrid(id) !== null);
})();
