/** The menu in a panel's header: what can be taken along from it. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  /** @typedef {{words: string, isOffered: (panel: Element) => boolean, does: (panel: Element) => unknown}} Item */

  const hasPlots = (/** @type {Element} */ panel) => vbd.panels.plots(panel).length > 0;
  const hasNumbers = (/** @type {Element} */ panel) => vbd.panels.hasNumbers(panel);
  const hasEvents = (/** @type {Element} */ panel) =>
    vbd.panels.offers(panel, "events") && hasNumbers(panel);
  const always = () => true;
  const SILENT = new Set(["navigator", "field-of-view", "eye"]); // no lines and no points in time
  const isHeard = (/** @type {Element} */ panel) =>
    hasNumbers(panel) && hasPlots(panel) && !SILENT.has(vbd.panels.nameOf(panel));

  /** @type {Item[]} */
  const ITEMS = [
    { words: "PNG", isOffered: hasPlots, does: (panel) => vbd.panels.savePicture(panel, "png") },
    { words: "SVG", isOffered: hasPlots, does: (panel) => vbd.panels.savePicture(panel, "svg") },
    {
      words: "Numbers as table",
      isOffered: hasNumbers,
      does: (panel) => vbd.panels.showNumbers(panel),
    },
    {
      words: "Listen",
      isOffered: isHeard,
      does: (panel) => vbd.panels.listen(panel),
    },
    {
      words: "Numbers as CSV",
      isOffered: hasNumbers,
      does: (panel) => vbd.panels.saveNumbers(panel, "csv"),
    },
    {
      words: "Numbers as Parquet",
      isOffered: hasNumbers,
      does: (panel) => vbd.panels.saveNumbers(panel, "parquet"),
    },
    {
      words: "Single events as CSV",
      isOffered: hasEvents,
      does: (panel) => vbd.panels.saveEvents(panel, "csv"),
    },
    {
      words: "Single events as Parquet",
      isOffered: hasEvents,
      does: (panel) => vbd.panels.saveEvents(panel, "parquet"),
    },
    {
      words: "Copy link",
      isOffered: always,
      does: (panel) => vbd.panels.copy(vbd.panels.link(panel)),
    },
    {
      words: "Code …",
      isOffered: (panel) => vbd.panels.hasCode(panel),
      does: (panel) => vbd.panels.showCode(panel),
    },
  ];

  /** @param {Item} item @param {Element} panel */
  async function choose(item, panel) {
    try {
      await item.does(panel);
    } catch (error) {
      vbd.notify(`${item.words}: ${error instanceof Error ? error.message : error}`);
    }
  }

  vbd.menus(".panel-menu-button", (button) => {
    const panel = /** @type {Element} */ (button.closest(".panel"));
    const items = ITEMS.filter(({ isOffered }) => isOffered(panel));
    return items.map((item) => ({ words: item.words, does: () => choose(item, panel) }));
  });
})();
