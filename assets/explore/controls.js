/** The controls around Explore's table: search, tabs, table or groups, CSV. */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  /** The views that show an element. @type {Record<string, Explore.Shown[]>} */
  const FRAMES = {
    ".explore-grid-frame": ["table", "histograms"],
    "#explore-histograms": ["histograms"],
    "#explore-group": ["group"],
    "#explore-composition": ["composition"],
  };
  const TYPING = 120; // ms from the last key to the start of the search
  const searchField = () =>
    /** @type {HTMLInputElement | null} */ (document.getElementById("explore-search"));
  /** @returns {NodeListOf<HTMLButtonElement>} */
  const tabs = () => document.querySelectorAll("#explore-tabs button");
  /** @returns {NodeListOf<HTMLButtonElement>} */
  const views = () => document.querySelectorAll("#explore-views button");

  /** Connect the controls; returns a function that cancels a search that has not started. */
  explore.wireControls = (does) => {
    for (const button of views()) {
      button.onclick = () => does.showAs(/** @type {Explore.Shown} */ (button.dataset.view));
    }
    for (const tab of tabs()) {
      tab.onclick = () => does.showTab(/** @type {Explore.Kind} */ (tab.dataset.tab));
    }
    const csv = document.getElementById("explore-csv");
    if (csv) csv.onclick = does.saveCsv;
    const download = document.getElementById("explore-fetch");
    if (download) download.onclick = does.fetchFiles;
    const prepare = document.getElementById("explore-prepare");
    if (prepare) prepare.onclick = does.prepare;
    return wireSearch(does);
  };

  /** @param {Explore.Controls} does */
  function wireSearch(does) {
    const field = searchField();
    let typing = 0;
    if (field) {
      field.oninput = () => {
        clearTimeout(typing);
        typing = setTimeout(() => does.search(field.value), TYPING);
      };
      field.onkeydown = ({ key }) => {
        if (key === "ArrowDown" || key === "Enter") does.enterTable();
        if (key === "Escape") does.clearSearch();
      };
    }
    return () => clearTimeout(typing);
  }

  /** Show which tab is open, and the table the groups or the composition. */
  explore.showControls = (kind, shown) => {
    for (const tab of tabs()) {
      tab.setAttribute("aria-selected", String(tab.dataset.tab === kind));
    }
    for (const button of views()) {
      button.setAttribute("aria-pressed", String(button.dataset.view === shown));
    }
    for (const [selector, views] of Object.entries(FRAMES)) {
      /** @type {HTMLElement | null} */
      const frame = document.querySelector(selector);
      if (frame) frame.hidden = !views.includes(shown);
    }
  };

  /** Set the search text as a property of the Dash component, so that Dash does not reset it. */
  explore.setSearch = (value) => dash_clientside.set_props("explore-search", { value });

  document.addEventListener("keydown", (event) => {
    const field = searchField();
    if (vbd.vocabulary.keys[event.key] !== "search" || vbd.isTyping(event.target) || !field) return;
    event.preventDefault();
    field.focus();
  });
})();
