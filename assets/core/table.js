/**
 * Tables of the panels: how values are shown, rows from columns, CSV.
 */
window.vbd = window.vbd || {};
(() => {
  const TIMES_SHOWN = 6;

  /** A number with thousands separators and at most so many digits after the point. */
  function number(value, digits = 4) {
    if (value === null || value === undefined) return "";
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "−inf";
    return value.toLocaleString("en-US", { maximumFractionDigits: digits }).replace("-", "−");
  }

  const shown = {
    number,
    id: (value) => value ?? "",
    flag: (value) => (value === null || value === undefined ? "" : value ? "✓" : "·"),
    text: (value) => value ?? "",
    times(values) {
      if (!values) return "";
      const rest = values.length > TIMES_SHOWN ? ", …" : "";
      return (
        values
          .slice(0, TIMES_SHOWN)
          .map((time) => number(time, 3))
          .join(", ") + rest
      );
    },
  };
  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, { vbdShown: shown });

  const infinite = { inf: Infinity, "-inf": -Infinity };
  const revived = (value) => (value in infinite ? infinite[value] : value);

  /** Rows from a list per column. */
  function records(columns) {
    if (!columns) return dash_clientside.no_update;
    const names = Object.keys(columns);
    return columns[names[0]].map((_, i) =>
      Object.fromEntries(names.map((name) => [name, revived(columns[name][i])])),
    );
  }
  window.dash_clientside = Object.assign({}, window.dash_clientside, { table: { records } });

  /** Whether an element is on the screen and not behind a tab that is closed. */
  const isShown = (id) => Boolean(document.getElementById(id)?.offsetParent);

  /** A value as Python writes it, which is how it is read again. */
  function stored(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return value ? "True" : "False";
    if (Array.isArray(value)) return `[${value.map(stored).join(", ")}]`;
    return value === Infinity ? "inf" : value === -Infinity ? "-inf" : value;
  }

  async function save({ grid, file }) {
    const api = await window.dash_ag_grid.getApiAsync(grid);
    api.exportDataAsCsv({
      fileName: file,
      processHeaderCallback: ({ column }) => column.getColId(),
      processCellCallback: ({ value }) => stored(value),
    });
  }

  /** A click on a row, or Enter: emit `vbd:row` with the table's id, the row and what was held. */
  function chosen(event) {
    const element = event.target.closest && event.target.closest(".linked-table .ag-row[row-id]");
    if (!element || (event.type === "keydown" && event.key !== "Enter")) return;
    const table = element.closest(".linked-table").id;
    const node = window.dash_ag_grid.getApi(table).getRowNode(element.getAttribute("row-id"));
    if (!node) return;
    const add = event.shiftKey || event.ctrlKey || event.metaKey;
    document.dispatchEvent(new CustomEvent("vbd:row", { detail: { table, row: node.data, add } }));
  }

  document.addEventListener("click", chosen);
  document.addEventListener("keydown", chosen);
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(".csv-button");
    if (button) save(button.dataset);
  });
  vbd.table = { isShown };
})();
