/**
 * Menus that a button opens: walked by arrow keys; Esc closes one and gives the focus back to its
 * button. Only one is open at a time.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
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

  /** @param {VbdMenuItem} item */
  function entry({ words, does, isChosen }) {
    const isChoice = isChosen !== undefined;
    const item = vbd.element("button", { type: "button", tabIndex: -1 }, words);
    item.setAttribute("role", isChoice ? "menuitemradio" : "menuitem");
    if (isChoice) item.ariaChecked = String(isChosen);
    item.addEventListener("click", () => {
      close();
      does();
    });
    return item;
  }

  /** @param {VbdMenuGroup} group */
  function group({ label, items }) {
    const heading = vbd.element("div", { className: "menu-heading", ariaHidden: "true" }, label);
    const all = { role: "group", ariaLabel: label };
    return vbd.element("div", all, heading, ...items.map(entry));
  }

  /** @param {HTMLElement} menu @param {HTMLElement} button */
  function place(menu, button) {
    const { right, bottom, left } = button.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = menu;
    const top = Math.min(bottom + 2, window.innerHeight - offsetHeight - 4);
    const fromLeft = right - offsetWidth < 4 ? left : right - offsetWidth;
    Object.assign(menu.style, { left: `${fromLeft}px`, top: `${Math.max(top, 4)}px` });
  }

  const itemsOf = (/** @type {HTMLElement} */ menu) =>
    /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[role^=menuitem]")]);

  /** @param {HTMLElement} button @param {HTMLElement[]} parts */
  function show(button, parts) {
    const label = button.getAttribute("aria-label") ?? button.textContent;
    const how = { role: "menu", className: "menu", ariaLabel: label };
    const menu = vbd.element("div", how, ...parts);
    document.body.append(menu);
    place(menu, button);
    button.setAttribute("aria-expanded", "true");
    open = { menu, button };
    const items = itemsOf(menu);
    (items.find((item) => item.ariaChecked === "true") ?? items[0]).focus();
  }

  /** @param {HTMLElement} menu @param {string} key */
  function walk(menu, key) {
    const items = itemsOf(menu);
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    return to !== undefined;
  }

  vbd.menus = (selector, partsOf) => {
    document.addEventListener("click", (event) => {
      const button = vbd.closest(event, selector);
      const wasOpen = button !== null && open?.button === button;
      if (open && (wasOpen || button)) close({ isLeft: !wasOpen });
      if (!button || wasOpen) return;
      show(
        button,
        partsOf(button).map((part) => ("items" in part ? group(part) : entry(part))),
      );
    });
    document.addEventListener("keydown", (event) => {
      const button = vbd.closest(event, selector);
      if (!button || event.key !== "ArrowDown" || open) return;
      event.preventDefault();
      button.click();
    });
  };

  document.addEventListener(
    "click",
    (event) => {
      if (!open || vbd.closest(event, ".menu")) return;
      const isItsButton = event.target instanceof Node && open.button.contains(event.target);
      if (!isItsButton) close({ isLeft: true });
    },
    true,
  );
  document.addEventListener(
    "keydown",
    (event) => {
      if (!open) return;
      if (event.key === "Tab") return close();
      if (event.key === "Escape") close();
      else if (!walk(open.menu, event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // nothing else that Esc closes, or arrows move
    },
    true,
  );
  for (const name of ["resize", "popstate"])
    window.addEventListener(name, () => close({ isLeft: true }));
})();
