/**
 * The Explore page: one view (tab, filters, search, sort, hidden columns, highlighted row), kept
 * in the URL; every gesture changes it and shows it anew, without asking the server.
 */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const TYPING = 120; // ms without a key before a search starts
  const RESTING = 80; // ms on a row before its preview is asked for
  const WRITING = 150; // ms after a change before the URL is written
  const by = (id) => document.getElementById(`explore-${id}`);
  let page = null; // what belongs to the page on screen: view, table, grid, updateFacets

  /** Called by Dash when the page is on screen. */
  explore.start = async function () {
    leave();
    const { pathname, search: query } = window.location;
    const here = (page = {
      pathname,
      view: explore.viewOf(query),
      reviews: explore.fetchReviews(),
    });
    try {
      here.grid = await explore.takeGrid("explore-grid", { sorted, highlighted, opened });
      here.group = explore.takeGroup(by("group"), { changed: regrouped, highlighted, opened });
      if (page === here) await fill();
    } catch (error) {
      if (page === here) fail(error);
    }
    return true;
  };

  function fill() {
    wire();
    ["experiment", "session", "behavior"].forEach(showTabCount);
    return showTable();
  }

  function leave() {
    if (page) [page.typing, page.resting, page.writing].forEach(clearTimeout);
    page = null;
  }

  /** The address changed under the page: another page follows, or another view of this one. */
  function moved() {
    if (!page) return;
    const { pathname, search: query } = window.location;
    if (pathname !== page.pathname) return leave();
    clearTimeout(page.writing);
    page.writing = null;
    page.view = explore.viewOf(query);
    showTable().catch(fail);
  }
  vbd.dash.onPushState(moved); // a dcc.Link
  window.addEventListener("popstate", moved); // back and forward

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.explore = { start: explore.start };

  async function showTable() {
    const here = page;
    const [table, reviews] = await Promise.all([explore.load(here.view.tab), here.reviews]);
    if (page !== here || table.kind !== here.view.tab) return;
    here.table = table;
    explore.addReviews(table, reviews);
    here.grid.show(table, here.view);
    here.updateFacets = explore.buildFacets(by("facets"), table, here.view.filters, choose);
    explore.buildColumnMenu(by("columns"), table, here.view.hidden, hide);
    document
      .querySelectorAll("#explore-tabs button")
      .forEach((tab) => tab.setAttribute("aria-selected", tab.dataset.tab === table.kind));
    setSearch(here.view.search);
    refresh();
    await searchCells();
    if (page !== here) return;
    showRow();
    ["facets", "table"].forEach((name) => setState(name, "ready"));
  }

  /** Highlight the view's row; its preview is shown even where a filter hides the row itself. */
  function showRow() {
    const { view, grid, table } = page;
    grid.highlight(view.row);
    preview(view.row && { kind: table.kind, id: Number(view.row) });
  }

  /** Show what the view says now; the one way in which anything on the page changes. */
  function refresh() {
    const { view, table, grid } = page;
    const match = (page.match = explore.match(table, view.filters, view.search));
    if (!view.grouped) grid.filter(match);
    page.updateFacets(match, view.filters);
    explore.showChips(by("chips"), table, view, { remove, clear });
    explore.showNothing(by("nothing"), table, view, match, { remove, clear });
    const counts = [match.length, table.length].map((number) => number.toLocaleString("en"));
    by("count").textContent = counts.join(" of ");
    showGroups(match);
    remember();
  }

  /** The table or, drawn once the rest has been painted, the groups. */
  function showGroups(match) {
    const { view, table, group } = page;
    document
      .querySelectorAll("#explore-views button")
      .forEach((button) =>
        button.setAttribute("aria-pressed", (button.dataset.view === "group") === view.grouped),
      );
    by("group").hidden = !view.grouped;
    document.querySelector(".explore-grid-frame").hidden = view.grouped;
    if (view.grouped) group.show(table, match, view.group);
  }

  function regrouped(choice) {
    if (!page) return;
    Object.assign(page.view.group, choice);
    refresh();
  }

  /**
   * Keep the view in the URL without a step in the browser's history, and not for each step of a
   * drag: browsers stop writing URLs that change too often.
   */
  function remember() {
    const here = page;
    here.writing = here.writing || setTimeout(() => write(here), WRITING);
  }

  function write(here) {
    clearTimeout(here.writing);
    here.writing = null;
    if (window.location.pathname !== here.pathname) return;
    window.history.replaceState(
      window.history.state,
      "",
      here.pathname + explore.queryOf(here.view),
    );
  }

  function choose(name, wanted) {
    if (wanted) page.view.filters[name] = wanted;
    else delete page.view.filters[name];
    refresh();
  }

  function remove(name, value = null) {
    if (name !== "search") {
      return choose(name, value === null ? null : explore.toggled(page.view.filters[name], value));
    }
    setSearch("");
    return search("");
  }

  function clear() {
    page.view.filters = {};
    remove("search");
  }

  const setSearch = (value) => window.dash_clientside.set_props("explore-search", { value });

  function search(text) {
    page.view.search = text.trim();
    refresh();
    return searchCells();
  }

  async function searchCells() {
    const { table, view } = page;
    const found = await explore.findCells(table, view.search);
    if (found && page && page.table === table) refresh();
  }

  function hide(hidden) {
    const { grid, table, view } = page;
    const names = table.columns.map((column) => column.name);
    view.hidden = hidden;
    grid.hide(
      names.filter((name) => !hidden.includes(name)),
      false,
    );
    grid.hide(hidden, true);
    remember();
  }

  function sorted(sort) {
    if (!page) return;
    page.view.sort = sort;
    remember();
  }

  function highlighted(row) {
    if (!page || page.view.row === row.id) return;
    page.view.row = row.id;
    remember();
    clearTimeout(page.resting);
    const { kind } = page.table;
    page.resting = setTimeout(() => preview({ kind, id: Number(row.id) }), RESTING);
  }

  const preview = (data) => window.dash_clientside.set_props("explore-highlight", { data });

  function opened(row) {
    write(page);
    explore.go(explore.pageOf(page.table, row.id));
  }

  function showTab(kind) {
    page.view.tab = kind;
    page.view.row = null;
    return showTable().catch(fail);
  }

  /** A table that cannot be loaded has no count; it says why when its tab is opened. */
  async function showTabCount(kind) {
    const table = await explore.load(kind).catch(() => null);
    const count = document.querySelector(`#explore-tabs [data-tab="${kind}"] .tab-count`);
    if (table && count) count.textContent = table.length.toLocaleString("en");
  }

  function wire() {
    const field = by("search");
    field.oninput = () => {
      clearTimeout(page.typing);
      page.typing = setTimeout(() => search(field.value), TYPING);
    };
    field.onkeydown = ({ key }) => {
      if (key === "ArrowDown" || key === "Enter")
        page.grid.api.setFocusedCell(0, page.table.id_name);
      if (key === "Escape") remove("search");
    };
    by("csv").onclick = () => {
      page.grid.filter(page.match); // behind the groups it has not followed
      page.grid.saveCsv(page.table);
    };
    document.querySelectorAll("#explore-views button").forEach((button) => {
      button.onclick = () => {
        page.view.grouped = button.dataset.view === "group";
        refresh();
      };
    });
    document.querySelectorAll("#explore-tabs button").forEach((tab) => {
      tab.onclick = () => showTab(tab.dataset.tab);
    });
  }

  function setState(name, state, sentence = null) {
    window.dash_clientside.set_props(`panel-${name}`, { "data-state": state });
    window.dash_clientside.set_props(`message-${name}`, { children: sentence });
  }

  function fail(error) {
    if (!page) return;
    ["facets", "table"].forEach((name) =>
      setState(name, "error", `${error.message} Reload the page.`),
    );
  }
})();
