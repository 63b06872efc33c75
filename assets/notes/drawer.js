/**
 * The list, keys and links of the notes drawer; the rest is in `dashboard/pages/session/notes`.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  let isOpen = false;
  /** @param {string} name */
  const by = (name) => document.getElementById(`notes-${name}`);

  /**
   * Create the DOM element of an `html` component; text is inserted as text, never as HTML.
   * @param {NotesComponent} component
   */
  function element({ type, props: { children, style, ...properties } }) {
    const node = document.createElement(type);
    for (const [name, value] of Object.entries(properties)) {
      if (name in node) Object.assign(node, { [name]: value });
      else node.setAttribute(name, String(value));
    }
    for (const [name, value] of Object.entries(style ?? {})) node.style.setProperty(name, value);
    for (const part of [children ?? []].flat())
      node.append(typeof part === "string" ? part : element(part));
    return node;
  }

  /**
   * Fill the list when the drawer has mounted it.
   * @param {NotesComponent[]} notes
   */
  function fill(notes) {
    if (isOpen && !by("list")) requestAnimationFrame(() => fill(notes));
    by("list")?.replaceChildren(...notes.map(element));
    by("drawer")?.removeAttribute("aria-modal"); // react-bootstrap sets it, but the page is usable
  }

  /**
   * Open or close the drawer without a callback, which would be late for a user who types on.
   * @param {boolean} open
   */
  const open = (open) => dash_clientside.set_props("notes-drawer", { is_open: open });

  /** The action of a link in the list by its `data-do`; the argument is a note, time or cell. */
  const DOES = {
    /** @param {string} time */
    time: (time) => vbd.time.centre(Number(time)),
    /** @param {string} cell */
    cell: (cell) => vbd.cells.select(Number(cell)),
    /** @param {string} note */
    correct: (note) => ask("correct", note),
    /** @param {string} note */
    withdraw: (note) => ask("withdraw", note),
  };
  /** @param {string} what @param {string} note */
  const ask = (what, note) =>
    dash_clientside.set_props("notes-gesture", { data: { do: what, note } });

  /** @param {Element} target */
  const typing = (target) =>
    target.matches("input, textarea, select, [contenteditable=true]") || target.closest(".ag-root");

  /** @param {KeyboardEvent & { target: Element }} event */
  function pressed(event) {
    const { key, target, altKey } = event;
    const held = event.ctrlKey || event.metaKey;
    const form = /** @type {HTMLFormElement | null} */ (target.closest("#notes-form"));
    if (key === "Enter" && held) form?.requestSubmit();
    if (key !== "n" || held || altKey || typing(target) || !by("button")) return;
    event.preventDefault();
    by(isOpen ? "text" : "button")?.focus(); // closing gives the focus back to the button
    open(true);
  }

  /** @param {MouseEvent & { target: Element }} event */
  function clicked({ target }) {
    if (target.closest("#notes-button")) open(!isOpen);
    const link = /** @type {HTMLElement | null} */ (target.closest(".notes-list [data-do]"));
    const does = /** @type {keyof typeof DOES | undefined} */ (link?.dataset.do);
    if (does) DOES[does](link?.dataset.with ?? "");
  }
  document.addEventListener("keydown", /** @type {EventListener} */ (pressed));
  document.addEventListener("click", /** @type {EventListener} */ (clicked));

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    notes: {
      /** @type {VbdNotes["shown"]} */
      shown(open, notes) {
        isOpen = open;
        if (open && notes) fill(notes);
        return String(open);
      },
      /** @type {VbdNotes["here"]} */
      here({ start, stop }, { cells }) {
        const time = Number(((start + stop) / 2).toFixed(3));
        const cell = cells.at(-1) ?? null;
        const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
        const at = `at ${time.toLocaleString("en-US", digits)} s, the window’s middle`;
        return [{ time, cell }, at, `about cell ${cell}`, cell === null];
      },
      /** @type {VbdNotes["answered"]} */
      answered({ told, focus }) {
        // Before the sentence appears, so that a user who reads it can type at once.
        if (focus) document.getElementById(focus)?.focus();
        return told;
      },
    },
  });
})();
