/**
 * The menu in a panel's header: what can be taken along from it. Walked by arrow keys; Esc closes it
 * and gives the focus back to its button.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  /** @typedef {{words: string, isOffered: (panel: Element) => boolean, does: (panel: Element) => unknown}} Item */

  const hasPlots = (/** @type {Element} */ panel) => vbd.panels.plots(panel).length > 0;
  const hasNumbers = (/** @type {Element} */ panel) => vbd.panels.hasNumbers(panel);
  const hasEvents = (/** @type {Element} */ panel) =>
    vbd.panels.offers(panel, "events") && hasNumbers(panel);
  const always = () => true;

  /** @type {Item[]} */
  const ITEMS = [
    { words: "PNG", isOffered: hasPlots, does: (panel) => vbd.panels.savePicture(panel, "png") },
    { words: "SVG", isOffered: hasPlots, does: (panel) => vbd.panels.savePicture(panel, "svg") },
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
  /** @type {{menu: HTMLElement, button: HTMLElement} | null} */
  let open = null;

  /** @param {{isLeft?: boolean}} [how] */
  function close({ isLeft = false } = {}) {
    if (!open) return;
    const { menu, button } = open;
    open = null;
    button.setAttribute("aria-expanded", "false");
    menu.remove();
    if (!isLeft) button.focus();
  }

  /** @param {Item} item @param {Element} panel */
  async function choose(item, panel) {
    close();
    try {
      await item.does(panel);
    } catch (error) {
      vbd.notify(`${item.words}: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** @param {Item} item @param {Element} panel */
  const entry = (item, panel) =>
    vbd.element(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabIndex: -1,
        onclick: () => choose(item, panel),
      },
      item.words,
    );

  /** @param {HTMLElement} menu @param {HTMLElement} button */
  function place(menu, button) {
    const { right, bottom, left } = button.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = menu;
    const top = Math.min(bottom + 2, window.innerHeight - offsetHeight - 4);
    const fromLeft = right - offsetWidth < 4 ? left : right - offsetWidth;
    Object.assign(menu.style, { left: `${fromLeft}px`, top: `${Math.max(top, 4)}px` });
  }

  /** @param {HTMLElement} button @param {Element} panel */
  function show(button, panel) {
    const items = ITEMS.filter(({ isOffered }) => isOffered(panel));
    const menu = vbd.element(
      "div",
      { role: "menu", className: "panel-menu", "aria-label": button.getAttribute("aria-label") },
      ...items.map((item) => entry(item, panel)),
    );
    document.body.append(menu);
    place(menu, button);
    button.setAttribute("aria-expanded", "true");
    open = { menu, button };
    /** @type {HTMLElement} */ (menu.firstElementChild).focus();
  }

  /** @param {HTMLElement} menu @param {string} key */
  function walk(menu, key) {
    const items = /** @type {HTMLElement[]} */ ([...menu.children]);
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    return to !== undefined;
  }

  document.addEventListener("click", (event) => {
    const button = vbd.closest(event, ".panel-menu-button");
    const panel = button?.closest(".panel");
    const wasOpen = open?.button === button;
    if (open && !vbd.closest(event, ".panel-menu")) close({ isLeft: !wasOpen });
    if (button && panel && !wasOpen) show(button, panel);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (!open) return;
      if (event.key === "Tab") return close();
      if (event.key === "Escape") close();
      else if (!walk(open.menu, event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    const button = vbd.closest(event, ".panel-menu-button");
    if (!button || event.key !== "ArrowDown") return;
    event.preventDefault();
    button.click();
  });
  for (const name of ["resize", "popstate"])
    window.addEventListener(name, () => close({ isLeft: true }));
})();
