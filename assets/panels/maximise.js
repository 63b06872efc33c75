/**
 * Panels that fill the page: by the button in their header, or by the key `m` for the panel with the
 * focus or under the pointer, with larger type. The same, or Esc, leaves. The panel's name stands in
 * the address, as `max`; on a session's page it is an option.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  const FILLS = "maximised";
  /** What has Esc for itself. */
  const OPEN =
    "dialog[open], .notes-drawer.open, [role=menu], .dropdown-menu.show, .ag-popup-child, .panel-info";
  /** @type {Element | null} */
  let focused = null;
  let isPointing = false;

  /** Of a page with usual type; with more room small type is a fiftieth of the height of the page. */
  const [WIDTH, HEIGHT] = [900, 550]; // px
  const LARGEST = 2;

  /** By how much type is larger in a panel that fills the page. */
  function growth() {
    const room = Math.min(window.innerWidth / WIDTH, window.innerHeight / HEIGHT, LARGEST);
    return Math.max(1, room / vbd.themes.scale().text);
  }

  const filling = () => /** @type {HTMLElement | null} */ (document.querySelector(`.${FILLS}`));

  /** Whether a field takes what is typed; one that was just hidden has the focus a moment longer. */
  const isTyping = (/** @type {EventTarget | null} */ target) =>
    vbd.isTyping(target) && /** @type {Element} */ (target).checkVisibility();

  /** @param {HTMLElement} panel @param {boolean} fills */
  function mark(panel, fills) {
    panel.classList.toggle(FILLS, fills);
    panel.style.setProperty("--grown", fills ? growth().toFixed(2) : "1");
    const button = panel.querySelector(".maximise-button");
    button?.setAttribute("aria-pressed", String(fills));
    button?.setAttribute("title", fills ? "Back to all panels (Esc)" : "Fill the page (m)");
    document.dispatchEvent(new CustomEvent("vbd:grown", { detail: panel }));
    vbd.graphs.fit();
  }

  /** @param {HTMLElement} panel */
  function fill(panel) {
    const now = filling();
    if (now) mark(now, false);
    focused = document.activeElement;
    mark(panel, true);
    // What is behind cannot keep the focus.
    const button = /** @type {HTMLElement | null} */ (panel.querySelector(".maximise-button"));
    if (!panel.contains(focused)) button?.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} panel */
  function leave(panel) {
    mark(panel, false);
    const before = /** @type {HTMLElement | null} */ (focused);
    if (before?.isConnected && before !== document.body) before.focus({ preventScroll: true });
    else if (!panel.contains(before)) panel.querySelector(":focus")?.closest("button")?.blur();
  }

  /** @param {HTMLElement} panel */
  function turn(panel) {
    const fills = panel !== filling();
    if (fills) fill(panel);
    else leave(panel);
    vbd.address.say("max", fills ? vbd.panels.nameOf(panel) : "", { isStep: true });
    vbd.notify(
      fills ? `${vbd.panels.titleOf(panel)} fills the page: Esc leaves.` : "All panels are back.",
    );
  }

  /** The panel that a key is meant for. */
  function meant() {
    const now = filling();
    const [pointed, withFocus] = [".panel:hover", ".panel:focus-within"];
    const ways = isPointing ? [pointed, withFocus] : [withFocus, pointed];
    const found = ways.map((way) => document.querySelector(way)).find(Boolean);
    return /** @type {HTMLElement | null} */ (now ?? found);
  }

  vbd.panels.arrived = (name) => {
    const [now, panel] = [filling(), name ? document.getElementById(`panel-${name}`) : null];
    if (now && now !== panel) mark(now, false);
    if (panel && panel !== now) mark(panel, true);
  };

  /** Fills the page as its address says, now or once the panel that it names has come. */
  function follow() {
    const [name, before] = [vbd.address.get("max"), filling()];
    vbd.panels.arrived(name);
    coming.disconnect();
    // What fills the page now may be of the content that goes.
    if (name && filling() === before)
      coming.observe(document.body, { childList: true, subtree: true });
  }
  const coming = new MutationObserver(follow);
  vbd.address.onArrival(follow);
  vbd.address.onMove(follow);

  /** Whether a field uses a key itself; Esc means nothing to a closed select. */
  /** @param {EventTarget | null} target @param {string} key */
  const keepsKey = (target, key) =>
    isTyping(target) && !(key === "Escape" && target instanceof HTMLSelectElement);

  document.addEventListener("pointermove", () => (isPointing = true), { passive: true });
  document.addEventListener("click", (event) => {
    const button = vbd.closest(event, ".maximise-button");
    const panel = button?.closest(".panel");
    if (panel) turn(/** @type {HTMLElement} */ (panel));
  });

  document.addEventListener(
    "keydown",
    (event) => {
      const { key, target } = event;
      if (key === "Tab") isPointing = false;
      if (event.ctrlKey || event.metaKey || event.altKey || keepsKey(target, key)) return;
      const now = filling();
      if (key === "Escape" && now && !document.querySelector(OPEN)) return turn(now);
      if (vbd.vocabulary.keys[key] !== "maximise" || document.querySelector("dialog[open]")) return;
      const panel = meant();
      if (panel) turn(panel);
    },
    true, // before what is open closes on Esc
  );
})();
