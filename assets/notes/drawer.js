/**
 * The notes drawer's list, keys and links; all else is in `dashboard/pages/session/notes`.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  /** @param {string} name */
  const by = (name) => document.getElementById(`notes-${name}`);
  const isOpen = () => by("drawer")?.classList.contains("open");

  /** @type {Element | null} where the keys were before the drawer was opened */
  let before = null;

  /** @param {boolean} open @param {HTMLElement | null} [reading] what gets the focus of an open one */
  function show(open, reading = by("text")) {
    if (open && !isOpen()) before = document.activeElement;
    by("drawer")?.classList.toggle("open", open);
    by("button")?.setAttribute("aria-expanded", String(open));
    vbd.view.keep("notes", open ? "open" : "");
    vbd.graphs.fit(); // the page beside it has another width
    (open ? reading : cameFrom())?.focus();
    nameHere();
    if (open) dash_clientside.set_props("notes-opened", { data: Date.now() });
  }

  /** Who opened the drawer by a key from nowhere in particular goes on at its button. */
  const cameFrom = () =>
    before instanceof HTMLElement && before.isConnected && before !== document.body
      ? before
      : by("button");

  /** What a note written now could be about: the window's middle (s) and the cell selected last. */
  function here() {
    const shown = document.getElementById("timeline-graph") && vbd.time.window();
    const time = shown ? Number(((shown.start + shown.stop) / 2).toFixed(3)) : null;
    return { time, cell: (shown && vbd.cells.selected().at(-1)) ?? null };
  }

  /** Name in the form what is here; through Dash this would slow every move of the window by 5 %. */
  function nameHere() {
    if (!isOpen()) return;
    const { time, cell } = here();
    const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    const at = `at ${time?.toLocaleString("en-US", digits)} s, the window’s middle`;
    name("at-time", time === null, at);
    name("of-cell", cell === null, `about cell ${cell}`);
  }
  /** @param {string} box @param {boolean} hidden @param {string} text */
  function name(box, hidden, text) {
    by(`${box}-box`)?.toggleAttribute("hidden", hidden);
    by(`${box}-name`)?.replaceChildren(text);
  }

  /**
   * The element of an `html` component; its texts stay texts.
   * @param {NotesComponent} component
   * @returns {HTMLElement}
   */
  function element({ type, props: { children, style, ...properties } }) {
    const parts = [children ?? []].flat();
    const nodes = parts.map((part) => (typeof part === "string" ? part : element(part)));
    const node = vbd.element(
      /** @type {keyof HTMLElementTagNameMap} */ (type),
      properties,
      ...nodes,
    );
    for (const [name, value] of Object.entries(style ?? {})) node.style.setProperty(name, value);
    return node;
  }

  /** The note in the list with an id. @param {string | undefined} id @returns {HTMLElement | null} */
  const inList = (id) =>
    document.querySelector(`.notes-list [data-note="${CSS.escape(id ?? "")}"]`);

  vbd.notes = { open: (id) => show(true, inList(id) ?? undefined) };

  /** What a link in the list does, by its `data-do`: with the note, moment or cell it is about. */
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

  /** What the keys do that open the drawer. */
  const OPENS = {
    notes: () => show(true),
    "note here"() {
      show(true);
      if (here().time !== null) dash_clientside.set_props("notes-at-time", { value: true });
    },
  };

  /** @param {KeyboardEvent & { target: Element }} event */
  function pressed(event) {
    const { key, target, altKey } = event;
    const held = event.ctrlKey || event.metaKey;
    const form = /** @type {HTMLFormElement | null} */ (target.closest("#notes-form"));
    if (key === "Enter" && held) form?.requestSubmit();
    if (held || altKey || !by("drawer")) return;
    if (key === "Escape" && isOpen() && target.closest("#notes-drawer")) show(false);
    const open = OPENS[/** @type {keyof typeof OPENS} */ (vbd.vocabulary.keys[key])];
    if (!open || vbd.takesKeys(target, key)) return;
    event.preventDefault();
    open();
  }

  /** @param {MouseEvent & { target: Element }} event */
  function clicked({ target }) {
    if (target.closest("#notes-button")) show(!isOpen());
    if (target.closest("#notes-close")) show(false);
    const link = /** @type {HTMLElement | null} */ (target.closest(".notes-list [data-do]"));
    const does = /** @type {keyof typeof DOES | undefined} */ (link?.dataset.do);
    if (does) DOES[does](link?.dataset.with ?? "");
  }
  /** @param {Event} event */
  function submitted({ target }) {
    if (target === by("form")) dash_clientside.set_props("notes-here", { data: here() });
  }
  document.addEventListener("keydown", /** @type {EventListener} */ (pressed));
  document.addEventListener("click", /** @type {EventListener} */ (clicked));
  document.addEventListener("vbd:window", nameHere);
  document.addEventListener("vbd:selection", nameHere);
  document.addEventListener("submit", submitted, true); // before Dash sends the form

  vbd.connection.writes("notes-saved.data");
  /** A verdict by key was lost: the drawer says so. */
  document.addEventListener("vbd:ended", ({ detail: { names, isLost } }) => {
    if (isLost && names.includes("notes-saved.data") && !isOpen()) show(true);
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    notes: {
      /** @type {VbdNotes["listed"]} */
      listed(notes) {
        const read = document.activeElement?.closest(".notes-list [data-note]");
        by("list")?.replaceChildren(...notes.map(element));
        inList(/** @type {HTMLElement | null} */ (read)?.dataset.note)?.focus();
        return dash_clientside.no_update;
      },
      /** @type {VbdNotes["answered"]} */
      answered({ told, focus, notice }) {
        if (notice) vbd.notify(notice);
        // First, so that whoever reads the sentence can type what it asks for.
        if (focus && !isOpen()) show(true);
        if (focus) document.getElementById(focus)?.focus();
        return told;
      },
    },
  });
})();
