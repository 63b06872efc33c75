/**
 * The QC page: fills the matrix of checks, filters it, and opens sessions from its cells.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.quality ??= /** @type {VbdQuality} */ ({});
(() => {
  const GRID = "qc-matrix";
  /** @param {string} verdict */
  const symbol = (verdict) =>
    Object.values(vbd.vocabulary.verdicts).find(({ word }) => word === verdict)?.symbol;
  /** The grids that have their event listeners already. */
  const taken = new WeakSet();
  /** The checks that each grid shows, by family and verdict. @type {WeakMap<AgGridApi, string>} */
  const chosen = new WeakMap();
  const ALL = "all all";
  /** The letters of the verdicts that leave a check in sight, where only such rows are shown. */
  const LETTERS = { look: "fl", fail: "f" };
  const LOST =
    "The reviews could not be loaded, so none is shown. The page Notes may say why; loading this " +
    "page again tries again.";
  let wanted = { shown: "all", review: "all" };
  let missing = 0; // files on this machine that are not prepared
  let problemOfReviews = "";
  let streams = 0; // files that can be streamed and are not prepared

  /**
   * @param {string} name `loading`, `ready`, `empty` or `error`
   * @param {string} [sentence]
   */
  function state(name, sentence) {
    dash_clientside.set_props("panel-qc-all", { "data-state": name });
    dash_clientside.set_props("message-qc-all", { children: sentence || "" });
  }

  /**
   * @param {number} n
   * @param {string} one
   * @param {string} many
   */
  const plural = (n, one, many) => `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;

  /**
   * The rows of the grid.
   * @param {boolean | null} start
   */
  async function load(start) {
    if (!start) return dash_clientside.no_update;
    try {
      const { told, rows, hasReviews } = await vbd.quality.load();
      const { n_rows: n, n_missing, n_streams, problem } = told;
      vbd.connection.panels.answered("qc-all", true);
      if (problem) {
        state("error", problem);
        return [];
      }
      [missing, streams] = [n_missing, n_streams];
      if (!n) {
        state(
          "empty",
          "No session is prepared yet. Run vbdash prepare --all --cache-dir DIR to " +
            "check every session on this machine, or open one: it is prepared then." +
            (streams ? ` ${plural(streams, "file", "files")} can be streamed (--stream).` : ""),
        );
        return [];
      }
      problemOfReviews = hasReviews ? "" : LOST;
      return rows;
    } catch {
      vbd.connection.panels.lost("qc-all", "The checks could not be loaded.");
      return [];
    }
  }

  document.addEventListener("vbd:again", async ({ detail: name }) => {
    if (name !== "qc-all") return;
    vbd.connection.panels.asked(name);
    dash_clientside.set_props(GRID, { rowData: await load(true) });
  });

  /** @param {{data: QualityRow}} node */
  function passes({ data }) {
    const { shown, review } = wanted;
    const isBad = shown === "all" || data.n_fail > 0 || (shown === "look" && data.n_look > 0);
    const label = data.review || vbd.reviews.notReviewed;
    return isBad && (review === "all" || review === label);
  }

  /**
   * Filter the rows and the families of checks.
   * @param {string} shown `all`, or the mildest verdict that rows must have
   * @param {string | null} search
   * @param {string} family the name of a family of checks, or `all`
   * @param {string} review a verdict of notes, `not reviewed` or `all`
   * @param {QualityRow[] | null} rows
   */
  async function filter(shown, search, family, review, rows) {
    if (!rows?.length) return;
    const api = await window.dash_ag_grid.getApiAsync(GRID);
    wanted = { shown, review };
    if (!taken.has(api)) {
      taken.add(api);
      api.setGridOption("isExternalFilterPresent", () =>
        Object.values(wanted).some((one) => one !== "all"),
      );
      api.setGridOption("doesExternalFilterPass", passes);
      api.addEventListener("cellClicked", opened);
      api.addEventListener("cellKeyDown", (cell) => {
        if (cell.event.key === "Enter") opened(cell);
      });
      api.addEventListener("modelUpdated", () => count(api, rows.length));
    }
    api.setGridOption("quickFilterText", search || "");
    api.onFilterChanged();
    choose(api, family, shown, rows);
    count(api, rows.length);
    state("ready", problemOfReviews);
  }

  /**
   * Show only the checks of one family, or all; of these, where only rows with a verdict are shown,
   * the ones that have it in a row, so that what is wrong is in sight.
   * @param {AgGridApi} api
   * @param {string} family
   * @param {string} shown
   * @param {QualityRow[]} rows
   */
  function choose(api, family, shown, rows) {
    const wish = `${family} ${shown}`;
    if ((chosen.get(api) ?? ALL) === wish) return; // each call draws the grid anew
    chosen.set(api, wish);
    const select = /** @type {HTMLSelectElement} */ (document.getElementById("qc-family"));
    const title = family !== "all" ? select.options[select.selectedIndex].text : null;
    const letters = LETTERS[/** @type {keyof typeof LETTERS} */ (shown)];
    const isSeen = (/** @type {string} */ check) =>
      !letters || rows.some((row) => letters.includes(row[`s:${check}`]));
    const groups = api.getGridOption("columnDefs").filter((one) => one.headerName && one.children);
    const columns = groups.flatMap(({ headerName, children = [] }) =>
      children.map(({ colId = "" }) => ({ colId, family: headerName })),
    );
    for (const isShown of [true, false]) {
      const found = columns.filter(
        (one) => ((!title || one.family === title) && isSeen(one.colId)) === isShown,
      );
      api.setColumnsVisible(
        found.map(({ colId }) => colId),
        isShown,
      );
    }
  }

  /**
   * Write the number of rows shown, and the number of rows per verdict.
   * @param {AgGridApi} api
   * @param {number} total
   */
  function count(api, total) {
    const box = document.getElementById("qc-count");
    if (!box) return;
    let [shown, fails, looks] = [0, 0, 0];
    api.forEachNodeAfterFilter(({ data }) => {
      shown += 1;
      if (data.n_fail > 0) fails += 1;
      else if (data.n_look > 0) looks += 1;
    });
    const more = missing
      ? ` ${plural(missing, "file", "files")} on this machine not prepared, or refused: vbdash prepare --all prepares them or says why not.`
      : "";
    const others = streams
      ? ` ${plural(streams, "file", "files")} can be streamed and not prepared yet: open one, or vbdash prepare --all --stream.`
      : "";
    box.textContent =
      `${shown.toLocaleString("en-US")} of ${plural(total, "recording", "recordings")}: ` +
      `${symbol("fail")} ${fails} with a fail, ${symbol("look")} ${looks} to look at, ` +
      `${symbol("pass")} ${shown - fails - looks} with passes only.${more}${others}`;
  }

  /**
   * Open the session of a clicked cell with its QC tab, at the time that the check points to; from a
   * cell of no check at that of the first check that fails.
   * @param {{data: QualityRow, column: AgGridColumn}} cell
   */
  function opened({ data, column }) {
    const check = column.getColId();
    const isCheck = `s:${check}` in data;
    vbd.quality.open(data, isCheck ? data[`t:${check}`] : vbd.quality.firstFault(data));
  }

  vbd.quality.shown = () => {
    const api = document.getElementById(GRID) && window.dash_ag_grid.getApi(GRID);
    if (!api) return null;
    /** @type {QualityRow[]} */
    const rows = [];
    api.forEachNodeAfterFilterAndSort(({ data }) => rows.push(data));
    return rows;
  };

  window.dash_clientside = Object.assign({}, window.dash_clientside, { quality: { load, filter } });
})();
