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

  /**
   * An entry for each format in which numbers are saved.
   * @param {string} what
   * @param {Item["isOffered"]} isOffered
   * @param {(panel: Element, format: VbdFormat) => unknown} save
   * @returns {Item[]}
   */
  const inFormats = (what, isOffered, save) => [
    { words: `${what} as CSV`, isOffered, does: (panel) => save(panel, "csv") },
    { words: `${what} as Parquet`, isOffered, does: (panel) => save(panel, "parquet") },
  ];

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
    ...inFormats("Numbers", hasNumbers, (panel, format) => vbd.panels.saveNumbers(panel, format)),
    ...inFormats("Single events", hasEvents, (panel, format) =>
      vbd.panels.saveEvents(panel, format),
    ),
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

  /** @type {VbdPanels["tried"]} */
  async function tried(words, does) {
    try {
      await does();
    } catch (error) {
      vbd.notify(`${words}: ${error instanceof Error ? error.message : error}`);
    }
  }
  vbd.panels.tried = tried;

  vbd.menus(".panel-menu-button", (button) => {
    const panel = /** @type {Element} */ (button.closest(".panel"));
    const items = ITEMS.filter(({ isOffered }) => isOffered(panel));
    return items.map(({ words, does }) => ({ words, does: () => tried(words, () => does(panel)) }));
  });
})();
