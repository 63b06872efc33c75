/**
 * Tabs by keyboard: arrows, Home and End open the next, first and last one. dbc.Tabs can only be
 * clicked.
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
})();
