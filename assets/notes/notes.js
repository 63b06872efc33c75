/**
 * The notes of a session page: a drawer that lists them, newest first, and a form to write one.
 * A note is never changed; "correct" and "withdraw" write a new one that supersedes it.
 */
window.vbd = window.vbd || {};
(() => {
  const notes = (vbd.notes = vbd.notes || {});
  const by = (id) => document.getElementById(`notes-${id}`);
  const element = (...parts) => vbd.element(...parts);
  let page = null; // what the notes of this page are about, those known, and the form

  const isOpen = () => by("drawer")?.classList.contains("open");

  /** Called by Dash when a session page arrives. */
  function arrived(about) {
    page = about && { about, known: [], problem: null };
    if (!page) return dash_clientside.no_update;
    build();
    load();
    return true;
  }

  async function load() {
    const here = page;
    const query = here.about.subjects.map(({ kind, id }) => `subject=${kind}:${id}`).join("&");
    const answer = await fetch(`${vbd.url("knownNotes")}?${query}`).catch(() => null);
    const content = answer && (await answer.json().catch(() => null));
    if (page !== here) return;
    here.problem = answer?.ok ? null : content?.problem || "The notes could not be loaded.";
    if (answer?.ok) here.known = content.annotations;
    show();
  }

  function build() {
    const close = element(
      "button",
      { className: "quiet-button", type: "button", onclick: () => toggle(false) },
      "Close",
    );
    const head = element("header", {}, element("h2", {}, "Notes"), close);
    page.form = notes.form(page.about, save);
    page.list = element("ol", { className: "notes-list" });
    by("drawer").replaceChildren(head, page.form.node, page.list);
    by("drawer").classList.remove("open");
  }

  /** Show what is known now. */
  function show() {
    const superseded = new Map(
      page.known.filter((n) => n.supersedes).map((n) => [n.supersedes, n]),
    );
    const valid = page.known.filter((n) => !superseded.has(n.id) && n.label !== "withdrawn");
    by("button").textContent = page.problem ? "notes (!)" : `notes (${valid.length})`;
    by("button").title = page.problem || "What people wrote about this recording (n)";
    const does = { correct: page.form.correct, withdraw };
    const items = [...page.known]
      .reverse()
      .map((n) => notes.item(page.about, n, superseded.get(n.id), does));
    const none = page.problem || "Nobody has written about this recording yet.";
    page.list.replaceChildren(
      ...(page.problem || !items.length ? [element("li", { className: "none" }, none)] : items),
    );
  }

  /** Write a note; returns the sentence that says why it could not be written, or null. */
  async function save(record) {
    const here = page;
    const body = JSON.stringify(record);
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(vbd.url("addNote"), { method: "POST", headers, body }).catch(
      () => null,
    );
    if (!answer) return "The server cannot be reached; the note is not saved.";
    const content = await answer.json().catch(() => ({}));
    if (!answer.ok) return content.problem || "The note could not be saved.";
    if (page !== here) return null;
    here.known.push(content);
    show();
    return null;
  }

  async function withdraw(note) {
    const author = page.form.author();
    if (!author) return page.form.tell("Say who you are before you withdraw a note.");
    const { subject, subject_id: id } = note;
    const record = { subject, subject_id: id, label: "withdrawn", author, supersedes: note.id };
    return page.form.tell((await save(record)) || "");
  }

  function toggle(open) {
    if (!page || !by("drawer")) return;
    by("drawer").classList.toggle("open", open);
    by("button").setAttribute("aria-expanded", open);
    if (!open) return by("button").focus();
    page.form.focus();
    return load(); // others may have written meanwhile
  }

  const typing = (target) =>
    target.matches("input, textarea, select, [contenteditable=true]") || target.closest(".ag-root");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !by("drawer")) return;
    if (event.key === "Escape" && isOpen() && by("drawer").contains(document.activeElement))
      toggle(false);
    if (vbd.vocabulary.keys[event.key] !== "notes" || typing(event.target)) return;
    event.preventDefault();
    toggle(true);
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest("#notes-button")) toggle(!isOpen());
  });
  ["window", "selection"].forEach((name) =>
    document.addEventListener(`vbd:${name}`, () => page && page.form.update()),
  );
  window.dash_clientside = Object.assign({}, window.dash_clientside, { notes: { arrived } });
})();
