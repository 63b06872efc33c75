/**
 * The Explore page. Its state is one view (tab, filters, search, sort, hidden columns, highlighted
 * row), which is also the URL. Every action changes the view and redraws it without the server.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const RESTING = 80; // ms on a row before its preview is requested
  const NEW_ENTRY_AFTER = 1000; // ms since the last change: one drag or word is one entry
  const WRITING = 150; // ms after a change before the URL is written
  /** @type {Explore.Kind[]} */
  const KINDS = ["experiment", "session", "behavior"];
  const PANELS = ["facets", "table"];
  /** @param {string} id */
  const by = (id) => /** @type {HTMLElement} */ (document.getElementById(`explore-${id}`));

  /**
   * The state of the page; null while another page is shown.
   * @type {Explore.Page | null}
   */
  let page = null;

  /** The state of the page, for handlers that run only while it is shown. */
  function onScreen() {
    if (!page) throw new Error("Explore is not on the screen.");
    return page;
  }

  /** Called by Dash when the page has been inserted. */
  explore.start = async () => {
    leave();
    explore.forgetNumbers();
    const { pathname, search: query } = window.location;
    const [view, reviews] = [explore.viewOf(query), explore.fetchReviews()];
    explore.load(view.tab).catch(() => {}); // comes with the grid; `showTable` tells of its loss
    const rows = rowsOf(view);
    const here = /** @type {Explore.Page} */ ({ pathname, view, reviews, rows, changed: 0 });
    page = here;
    try {
      here.grid = await explore.takeGrid("explore-grid", { sorted, highlighted, opened });
      here.group = explore.takeGroup(by("group"), { changed: regrouped, highlighted, opened });
      here.histograms = explore.takeHistograms(by("histograms"), choose);
      if (page === here) await fill(here);
    } catch (error) {
      if (page === here) fail(error);
    }
    return true;
  };

  /** @param {Explore.Page} here */
  function fill(here) {
    const clearSearch = () => remove("search");
    here.stopTyping = explore.wireControls({
      search,
      clearSearch,
      enterTable,
      saveCsv,
      fetchFiles,
      prepare,
      showTab,
      showAs,
    });
    for (const kind of KINDS) showTabCount(kind);
    return showTable();
  }

  function leave() {
    vbd.connection.tell("reviews", null);
    page?.stopTyping?.();
    clearTimeout(page?.resting);
    clearTimeout(page?.writing);
    page = null;
  }

  /** The URL has changed, to another page or to another view of this one. */
  function moved() {
    if (!page) return;
    const { pathname, search: query } = window.location;
    if (pathname !== page.pathname) return leave();
    clearTimeout(page.writing);
    page.writing = 0;
    page.view = explore.viewOf(query);
    Object.assign(page, { rows: rowsOf(page.view), changed: 0 });
    showTable().catch(fail);
  }
  vbd.dash.onPushState(moved); // a dcc.Link
  window.addEventListener("popstate", moved); // back and forward

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    explore: { start: explore.start },
  });

  async function showTable() {
    const here = onScreen();
    const [table, reviews] = await Promise.all([explore.load(here.view.tab), here.reviews]);
    await explore.takeMeasures(table, here.view.filters);
    if (page !== here || table.kind !== here.view.tab) return;
    here.table = table;
    explore.addReviews(table, reviews);
    here.grid.show(table, here.view);
    here.updateFacets = explore.buildFacets(by("facets"), table, here.view.filters, choose);
    explore.buildColumnMenu(by("columns"), table, here.view.hidden, hide);
    explore.setSearch(here.view.search);
    refresh();
    await searchCells();
    if (page !== here) return;
    showRow(here);
    for (const name of PANELS) setReady(name);
  }

  /**
   * Highlight the view's row. Its preview is shown even if a filter hides the row; without a row
   * that of the first one is.
   * @param {Explore.Page} here
   */
  function showRow({ view, grid, table }) {
    grid.highlight(view.row);
    const shown = view.row ?? grid.first();
    preview(shown && { kind: table.kind, id: Number(shown) });
  }

  /** Show the current view. Everything on the page is updated here. */
  function refresh() {
    const here = onScreen();
    const { view, table, grid } = here;
    const match = explore.match(table, view.filters, view.search);
    here.match = match;
    if (view.shown === "table" || view.shown === "histograms") grid.filter(match);
    here.updateFacets(match, view.filters);
    explore.showChips(by("chips"), table, view, { remove, clear });
    explore.showNothing(by("nothing"), table, view, match, { remove, clear });
    const counts = [match.length, table.length].map((number) => number.toLocaleString("en"));
    by("count").textContent = counts.join(" of ");
    explore.showControls(table.kind, view.shown);
    if (view.shown === "composition") explore.showComposition(by("composition"), table, match);
    if (view.shown === "histograms") here.histograms.show(table, match, view.filters);
    if (view.shown === "group") here.group.show(table, match, view.group);
    remember();
  }

  /** @param {Partial<Explore.GroupChoice>} choice */
  function regrouped(choice) {
    if (!page) return;
    Object.assign(page.view.group, choice);
    refresh();
  }

  /** @param {Explore.Shown} shown */
  function showAs(shown) {
    onScreen().view.shown = shown;
    refresh();
  }

  /**
   * Write the view to the URL. Steps of a drag are combined, because browsers limit how often a page
   * may change its URL.
   */
  function remember() {
    const here = onScreen();
    here.writing = here.writing || setTimeout(() => write(here), WRITING);
  }

  /** @param {Explore.Page} here */
  function write(here) {
    clearTimeout(here.writing);
    here.writing = 0;
    if (window.location.pathname !== here.pathname) return;
    here.view.max = vbd.address.get("max"); // assets/panels/maximise.js writes it
    const rows = rowsOf(here.view);
    const isNewEntry = rows !== here.rows && Date.now() - here.changed > NEW_ENTRY_AFTER;
    if (rows !== here.rows) Object.assign(here, { rows, changed: Date.now() });
    const url = vbd.themes.withThemes(here.pathname + explore.queryOf(here.view));
    window.history[isNewEntry ? "pushState" : "replaceState"](window.history.state, "", url);
  }

  /** Which rows a view has and in which order, as text: another choice is an entry of the history. */
  const rowsOf = (/** @type {Explore.View} */ view) =>
    explore.queryOf({ ...view, row: null, hidden: [], max: "" });

  /**
   * @param {string} name
   * @param {Explore.Filter | null} filter
   */
  function choose(name, filter) {
    const { view } = onScreen();
    if (filter) view.filters[name] = filter;
    else delete view.filters[name];
    refresh();
  }

  /**
   * Remove a filter, one value of it, or the search.
   * @param {string} name
   * @param {string | null} [value]
   */
  function remove(name, value = null) {
    if (name === "search") {
      explore.setSearch("");
      search("");
    } else {
      const filter = onScreen().view.filters[name];
      choose(name, value === null ? null : explore.toggled(filter, value));
    }
  }

  function clear() {
    onScreen().view.filters = {};
    remove("search");
  }

  /** @param {string} text */
  function search(text) {
    onScreen().view.search = text.trim();
    refresh();
    return searchCells();
  }

  async function searchCells() {
    const { table, view } = onScreen();
    const found = await explore.findCells(table, view.search);
    if (found && page?.table === table) refresh();
  }

  /** @param {string[]} hidden */
  function hide(hidden) {
    const { grid, table, view } = onScreen();
    const names = table.columns.map((column) => column.name);
    view.hidden = hidden;
    grid.hide(
      names.filter((name) => !hidden.includes(name)),
      false,
    );
    grid.hide(hidden, true);
    remember();
  }

  /** @param {Explore.Sort[]} sort */
  function sorted(sort) {
    if (!page) return;
    page.view.sort = sort;
    remember();
  }

  /** @param {Explore.Row} row */
  function highlighted(row) {
    if (!page || page.view.row === row.id) return;
    page.view.row = row.id;
    remember();
    clearTimeout(page.resting);
    const { kind } = page.table;
    page.resting = setTimeout(() => preview({ kind, id: Number(row.id) }), RESTING);
  }

  /** @param {{kind: Explore.Kind, id: number} | string | null} data the row; nothing for none */
  const preview = (data) => dash_clientside.set_props("explore-highlight", { data });

  /** @param {Explore.Row} row */
  function opened(row) {
    const here = onScreen();
    write(here);
    vbd.navigate(explore.pageOf(here.table, row.id));
  }

  /** @param {Explore.Kind} kind */
  function showTab(kind) {
    const { view } = onScreen();
    view.tab = kind;
    view.row = null;
    return showTable().catch(fail);
  }

  /**
   * Show a table's number of rows. A table that cannot be loaded has none; its tab shows why.
   * @param {Explore.Kind} kind
   */
  async function showTabCount(kind) {
    const table = await explore.load(kind).catch(() => null);
    const count = document.querySelector(`#explore-tabs [data-tab="${kind}"] .tab-count`);
    if (table && count) count.textContent = table.length.toLocaleString("en");
  }

  function enterTable() {
    const { grid, table } = onScreen();
    grid.api.setFocusedCell(0, table.id_name);
  }

  function saveCsv() {
    const { grid, match, table } = onScreen();
    grid.filter(match); // the grid is not updated while it is hidden
    grid.saveCsv(table);
  }

  /** Ask whether to download the files of the rows that pass. */
  function fetchFiles() {
    const wanted = rowsShown();
    if (wanted.ids.length) vbd.downloads.open(wanted);
    else vbd.notify("No rows are shown, so there is nothing to download.");
  }

  /** Ask whether to prepare the recordings of the rows that pass. */
  function prepare() {
    const wanted = rowsShown();
    if (wanted.ids.length) vbd.preparing.open(wanted);
    else vbd.notify("No rows are shown, so there is nothing to prepare.");
  }

  function rowsShown() {
    const { match, table } = onScreen();
    const rows = table.rows.filter(({ index }) => !match.failed[index]);
    return { kind: table.kind, ids: rows.map(({ id }) => Number(id)) };
  }

  /** @param {string} name */
  function setReady(name) {
    vbd.connection.panels.answered(name, true);
    dash_clientside.set_props(`panel-${name}`, { "data-state": "ready" });
    dash_clientside.set_props(`message-${name}`, { children: null });
  }

  /** @param {unknown} error */
  function fail(error) {
    if (!page) return;
    const why = error instanceof Error ? error.message : String(error);
    for (const name of PANELS) vbd.connection.panels.lost(name, why);
  }

  explore.askReviewsAgain = () => {
    if (!page) return;
    page.reviews = explore.fetchReviews();
    showTable().catch(fail);
  };

  for (const moved of ["vbd:downloaded", "vbd:prepared"]) {
    document.addEventListener(moved, () => {
      if (!page) return;
      explore.forget();
      explore.forgetNumbers();
      showTable().catch(fail);
    });
  }

  document.addEventListener("vbd:again", ({ detail: name }) => {
    if (!page || !PANELS.includes(name)) return;
    for (const one of PANELS) vbd.connection.panels.asked(one);
    for (const kind of KINDS) showTabCount(kind);
    explore.askReviewsAgain();
  });
})();
