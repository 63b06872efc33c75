/**
 * The QC page: fills the matrix of checks, filters it, and opens sessions from its cells.
 */
window.vbd = window.vbd || {};
(() => {
  const GRID = "qc-matrix";
  const RANK = { n: 0, p: 1, l: 2, f: 3 };
  const WORDS = { n: "not applicable", p: "pass", l: "look", f: "fail" };
  const CLASSES = { n: "none", p: "pass", l: "look", f: "fail" };
  const SECONDS_AROUND = 30;
  let wanted = "all";

  const letter = (row, check) => row[`s:${check}`];
  const number = (value) => Number(value).toLocaleString("en-US", { maximumSignificantDigits: 4 });

  const quality = {
    symbol: (params, letters, marks) =>
      marks[letters.indexOf(letter(params.data, params.colDef.colId))],
    cell: (params) => `qc-cell ${CLASSES[letter(params.data, params.colDef.colId)]}`,
    /** Fails before looks before passes; among equals the greater value. */
    comparing:
      (check) =>
      (one, other, { data: a }, { data: b }) =>
        RANK[letter(a, check)] - RANK[letter(b, check)] ||
        (one ?? -Infinity) - (other ?? -Infinity) ||
        0,
    tip(params, unit) {
      const check = params.colDef.colId;
      const word = WORDS[letter(params.data, check)];
      const value =
        params.value === null || params.value === undefined
          ? ""
          : ` ${number(params.value)} ${unit}`;
      const at = params.data[`t:${check}`];
      return `${params.colDef.headerName}: ${word}${value}${at === null || at === undefined ? "" : `, at ${at.toFixed(1)} s`}`;
    },
  };
  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, {
    vbdQuality: quality,
  });

  function state(name, sentence) {
    const panel = document.getElementById("panel-qc-all");
    if (panel) panel.dataset.state = name;
    const message = document.getElementById("message-qc-all");
    if (message) message.textContent = sentence || "";
  }

  function records(columns, n) {
    const names = Object.keys(columns);
    return Array.from({ length: n }, (_, i) =>
      Object.fromEntries(names.map((name) => [name, columns[name][i]])),
    );
  }

  const plural = (n, one, many) => `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;

  async function load(start) {
    if (!start) return dash_clientside.no_update;
    try {
      const answer = await fetch("/quality.json");
      const { columns, n_rows: n, n_missing: missing, problem } = await answer.json();
      if (problem) {
        state("error", problem);
        return [];
      }
      load.missing = missing;
      if (!n) {
        state(
          "empty",
          "No session is prepared yet. Run vbdash prepare --all --cache-dir DIR to " +
            "check every session on this machine, or open one: it is prepared then.",
        );
        return [];
      }
      return records(columns, n);
    } catch (error) {
      state("error", "The checks could not be loaded. Reload the page to try again.");
      return [];
    }
  }
  load.missing = 0;

  function passes({ data }) {
    return wanted === "all" || data.n_fail > 0 || (wanted === "look" && data.n_look > 0);
  }

  /** Which rows and which families of checks are shown. */
  async function filter(shown, search, family, rows) {
    if (!rows || !rows.length) return;
    const api = await window.dash_ag_grid.getApiAsync(GRID);
    wanted = shown;
    if (!api.vbdTaken) {
      api.vbdTaken = true;
      api.setGridOption("isExternalFilterPresent", () => wanted !== "all");
      api.setGridOption("doesExternalFilterPass", passes);
      api.addEventListener("cellClicked", opened);
      api.addEventListener("cellKeyDown", (event) => event.event.key === "Enter" && opened(event));
      api.addEventListener("modelUpdated", () => count(api, rows.length));
    }
    api.setGridOption("quickFilterText", search || "");
    api.onFilterChanged();
    choose(api, family);
    count(api, rows.length);
    state("ready");
  }

  /** Only the checks of one family, or all. */
  function choose(api, family) {
    const select = document.getElementById("qc-family");
    const title = family !== "all" ? select.options[select.selectedIndex].text : null;
    for (const group of api.getGridOption("columnDefs")) {
      if (!group.headerName || !group.children) continue;
      const ids = group.children.map((column) => column.colId);
      api.setColumnsVisible(ids, !title || group.headerName === title);
    }
  }

  function count(api, total) {
    const box = document.getElementById("qc-count");
    if (!box) return;
    let shown = 0,
      fails = 0,
      looks = 0;
    api.forEachNodeAfterFilter(({ data }) => {
      shown += 1;
      fails += data.n_fail > 0;
      looks += data.n_fail === 0 && data.n_look > 0;
    });
    const more = load.missing
      ? ` ${plural(load.missing, "file", "files")} on this machine not prepared: run vbdash prepare --all.`
      : "";
    box.textContent =
      `${shown.toLocaleString("en-US")} of ${plural(total, "recording", "recordings")}: ` +
      `✕ ${fails} with a fail, ! ${looks} to look at, ✓ ${shown - fails - looks} with passes only.${more}`;
  }

  /** Open the session of a cell on its QC tab, at the second in question. */
  function opened({ data, column }) {
    const at = data[`t:${column.getColId()}`];
    const span = Number.isFinite(at)
      ? `t=${(Math.max(at - SECONDS_AROUND, 0)).toFixed(3)}-${(at + SECONDS_AROUND).toFixed(3)}&`
      : "";
    vbd.dash.pushState(`/${data.kind}/${data.id}?${span}tab=qc`);
    window.scrollTo(0, 0);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { quality: { load, filter } });
})();
