/**
 * Tables in panels: formats values, turns columns into rows, saves CSV, and emits `vbd:row`.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const TIMES_SHOWN = 6;

  /** @param {unknown} value */
  const isMissing = (value) => value === null || value === undefined;

  /**
   * A number with thousands separators and at most `digits` digits after the point.
   * @param {number | null | undefined} value
   */
  function number(value, digits = 4) {
    if (value === null || value === undefined) return "";
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "−inf";
    return format(digits).format(value).replace("-", "−");
  }

  /** @type {Map<number, Intl.NumberFormat>} */
  const formats = new Map(); // making one takes as long as a hundred numbers

  /** @param {number} digits */
  function format(digits) {
    const made =
      formats.get(digits) ?? new Intl.NumberFormat("en-US", { maximumFractionDigits: digits });
    formats.set(digits, made);
    return made;
  }

  const shown = {
    number,
    /** @param {VbdTableValue} value */
    id: (value) => value ?? "",
    /** @param {boolean | null | undefined} value */
    flag: (value) => (isMissing(value) ? "" : value ? "✓" : "·"),
    /** @param {VbdTableValue} value */
    text: (value) => value ?? "",
    /** @param {number[] | null | undefined} values */
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

  /** Infinity as Python sends it, because JSON does not have it. */
  const INFINITE = new Map(
    /** @type {[VbdTableValue, number][]} */ ([
      ["inf", Infinity],
      ["-inf", -Infinity],
    ]),
  );

  /** @type {VbdTable["records"]} */
  function records(columns) {
    const names = Object.keys(columns);
    return columns[names[0]].map((_, i) =>
      Object.fromEntries(
        names.map((name) => [name, INFINITE.get(columns[name][i]) ?? columns[name][i]]),
      ),
    );
  }
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    table: {
      /** @param {Record<string, VbdTableValue[]> | null} columns */
      records: (columns) => (columns ? records(columns) : dash_clientside.no_update),
    },
  });

  /** Whether an element is visible, not in a closed tab. */
  const isShown = (/** @type {string} */ id) => Boolean(document.getElementById(id)?.offsetParent);

  /** @type {VbdTable["stored"]} */
  function stored(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return value ? "True" : "False";
    if (Array.isArray(value)) return `[${value.map(listed).join(", ")}]`;
    return typeof value === "string" ? vbd.guarded(value) : storedNumber(value);
  }

  /** @param {number} value */
  const storedNumber = (value) =>
    value === Infinity ? "inf" : value === -Infinity ? "-inf" : value;

  /** @param {VbdTableValue} value an item of a list, in which Python quotes text */
  const listed = (value) => (typeof value === "string" ? `'${value}'` : stored(value));

  /** @param {DOMStringMap} button the button's `data-grid` and `data-file` */
  async function save({ grid = "", file }) {
    const api = await window.dash_ag_grid.getApiAsync(grid);
    api.exportDataAsCsv({
      fileName: file,
      skipColumnGroupHeaders: true, // one row of names, which programs can read
      processHeaderCallback: (/** @type {AgGridCell} */ { column }) =>
        vbd.guarded(column.getColId()),
      processCellCallback: (/** @type {AgGridCell} */ { value }) => stored(value),
    });
  }

  /**
   * On a click on a row, or Enter: emit `vbd:row` with the table's id, the row, and `add`.
   * @param {MouseEvent | KeyboardEvent} event
   */
  function chosen(event) {
    const element = vbd.closest(event, ".linked-table .ag-row[row-id]");
    if (!element || (event instanceof KeyboardEvent && event.key !== "Enter")) return;
    const table = element.closest(".linked-table")?.id ?? "";
    const row = element.getAttribute("row-id") ?? "";
    const node = window.dash_ag_grid.getApi(table)?.getRowNode(row);
    if (!node) return;
    const add = event.shiftKey || event.ctrlKey || event.metaKey;
    document.dispatchEvent(new CustomEvent("vbd:row", { detail: { table, row: node.data, add } }));
  }

  document.addEventListener("click", chosen);
  document.addEventListener("keydown", chosen);
  document.addEventListener("click", (event) => {
    const button = vbd.closest(event, ".csv-button");
    if (button) save(button.dataset);
  });
  vbd.table = { isShown, records, stored };
})();
