/**
 * Where the keyboard's focus goes: Tab stays within an open dialog or drawer and begins anew after
 * its last element, and stays where rows are made anew; Esc closes an open menu, and the skip link
 * leads to the content.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const HOLDS = "dialog[open], [role=dialog].open";
  const FOCUSABLE =
    "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  const MENU = "details.columns-menu[open]";

  /** Of radio buttons with a common name, Tab stops at the chosen one. @param {Element} element */
  function isPassed(element) {
    const name = element.matches("[type=radio]:not(:checked)") && element.getAttribute("name");
    return name && document.querySelector(`[type=radio][name="${CSS.escape(name)}"]:checked`);
  }

  /** @param {HTMLElement} element */
  const isStop = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.matches(":disabled") &&
    !isPassed(element);

  /** @param {Element} box */
  function stops(box) {
    const found = /** @type {NodeListOf<HTMLElement>} */ (box.querySelectorAll(FOCUSABLE));
    return [...found].filter(isStop);
  }

  /** @param {KeyboardEvent} event */
  function cycle(event) {
    const box = vbd.closest(event, HOLDS);
    if (!box) return;
    const all = stops(box);
    const end = event.shiftKey ? all[0] : all.at(-1);
    if (document.activeElement !== end && all.includes(/** @type {any} */ (event.target))) return;
    event.preventDefault();
    (event.shiftKey ? all.at(-1) : all[0])?.focus();
  }

  /** @param {KeyboardEvent} event */
  function closeMenu(event) {
    const menu = /** @type {HTMLDetailsElement | null} */ (vbd.closest(event, MENU));
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }

  /** @param {Element} element */
  const isInSight = (element) => element.isConnected && !element.hasAttribute("hidden");

  vbd.keepFocus = (dialog, list, change) => {
    const focused = dialog?.contains(document.activeElement) ? document.activeElement : null;
    const title = focused instanceof HTMLElement ? focused.title : "";
    change();
    if (!focused || isInSight(focused)) return;
    const same = [...list.querySelectorAll("button")].find((one) => title && one.title === title);
    const close = /** @type {HTMLElement | null} */ (dialog?.querySelector("[id$='-close']"));
    (same ?? close)?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab") cycle(event);
    if (event.key === "Escape") closeMenu(event);
  });

  document.addEventListener("click", (event) => {
    const link = vbd.closest(event, ".skip-link");
    if (!link) return;
    event.preventDefault(); // the address stays what it is
    document.getElementById(link.getAttribute("href")?.slice(1) ?? "")?.focus();
  });
})();
