/**
 * Says what dbc.Tabs and Plotly leave out for screen readers: which pane a tab shows, and that a
 * figure is one picture, named by its panel, and not the words and numbers along its axes.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const TABS = ".nav-tabs[role=tablist]:not([data-tied])";
  let planned = false;

  /** Tie each tab to its pane. @param {Element} list */
  function tie(list) {
    list.setAttribute("data-tied", "");
    list.setAttribute("aria-label", "Panels");
    const panes = list.parentElement?.querySelectorAll(":scope > .tab-content > .tab-pane") ?? [];
    for (const [i, tab] of list.querySelectorAll("[role=tab]").entries()) {
      tab.id = `${list.id}-tab-${i}`;
      tab.setAttribute("aria-controls", `${list.id}-pane-${i}`);
      const pane = { id: `${list.id}-pane-${i}`, role: "tabpanel", "aria-labelledby": tab.id };
      for (const [name, value] of Object.entries(pane)) panes[i]?.setAttribute(name, value);
    }
  }

  /** Say which tab is open; Tab stops there, arrows lead on. @param {Element} list */
  function select(list) {
    for (const tab of list.querySelectorAll("[role=tab]")) {
      const isOpen = tab.classList.contains("active");
      tab.setAttribute("aria-selected", String(isOpen));
      tab.setAttribute("tabindex", isOpen ? "0" : "-1");
    }
  }

  function update() {
    planned = false;
    for (const list of document.querySelectorAll(TABS)) {
      tie(list);
      select(list);
      const changed = new MutationObserver(() => select(list));
      changed.observe(list, { subtree: true, attributeFilter: ["class"] });
    }
    for (const figure of vbd.plotly.unnamed()) vbd.describe(figure);
  }

  new MutationObserver(() => {
    if (planned) return;
    planned = true;
    setTimeout(update, 0); // browsers pause animation frames in tabs in the background
  }).observe(document, { subtree: true, childList: true });
})();
