/**
 * Tabs by keyboard: arrows, Home and End open the next, first and last one. dbc.Tabs can only be
 * clicked, and names neither its tabs nor their panes, which screen readers need.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  /** @type {Record<string, (at: number, n: number) => number>} */
  const GOES = {
    ArrowRight: (at, n) => (at + 1) % n,
    ArrowLeft: (at, n) => (at - 1 + n) % n,
    Home: () => 0,
    End: (_, n) => n - 1,
  };

  /** @param {Element} list */
  const tabsOf = (list) =>
    [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[role=tab]"))].filter(
      (tab) => tab.checkVisibility(),
    );

  document.addEventListener("keydown", (event) => {
    const tab = vbd.closest(event, "[role=tab]");
    const goes = GOES[event.key];
    const list = tab?.closest("[role=tablist]");
    if (!tab || !goes || !list || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const all = tabsOf(list);
    const next = all[goes(all.indexOf(tab), all.length)];
    next.click();
    next.focus();
  });

  /** Tie each tab to its pane. @param {Element} list */
  function tie(list) {
    list.setAttribute("data-tied", "");
    const panes = list.parentElement?.querySelectorAll(":scope > .tab-content > .tab-pane") ?? [];
    for (const [i, tab] of list.querySelectorAll("[role=tab]").entries()) {
      tab.id = `${list.id}-tab-${i}`;
      tab.setAttribute("aria-controls", `${list.id}-pane-${i}`);
      const pane = { id: `${list.id}-pane-${i}`, role: "tabpanel", "aria-labelledby": tab.id };
      for (const [name, value] of Object.entries(pane)) panes[i]?.setAttribute(name, value);
    }
  }

  new MutationObserver(() => {
    const list = document.querySelector(".nav-tabs[role=tablist]:not([data-tied])");
    if (list) tie(list);
  }).observe(document, { subtree: true, childList: true });
})();
