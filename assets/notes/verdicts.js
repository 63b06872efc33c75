/** Verdicts on a recording by one key or click, and the one that is current. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  /** The label that begins with a word. @param {string} word */
  const label = (word) =>
    Object.keys(vbd.vocabulary.noteLabels).find((name) => name.startsWith(word)) ?? "";

  /** What each action of the keys asks the server for. */
  const ASKS = {
    "verdict good": { do: "verdict", note: label("good") },
    "verdict look": { do: "verdict", note: label("look") },
    "verdict bad": { do: "verdict", note: label("bad") },
    "undo verdict": { do: "undo", note: "" },
  };

  /** @param {{do: string, note: string}} data */
  function ask(data) {
    // A second press of a key asks again, which Dash sees only in other data.
    dash_clientside.set_props("notes-gesture", { data: { ...data } });
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const name = /** @type {keyof typeof ASKS} */ (vbd.vocabulary.keys[event.key]);
    if (!ASKS[name] || !document.getElementById("notes-drawer")) return;
    if (vbd.takesKeys(event.target, event.key)) return;
    event.preventDefault();
    ask(ASKS[name]);
  }

  /** @param {MouseEvent} event */
  function clicked(event) {
    const { verdict } = vbd.closest(event, "[data-verdict].verdict-button")?.dataset ?? {};
    if (verdict) ask({ do: "verdict", note: verdict });
    if (vbd.closest(event, "#notes-undo")) ask(ASKS["undo verdict"]);
  }

  /** @type {VbdVerdicts["shown"]} */
  function shown({ label, said }) {
    /** @type {NodeListOf<HTMLElement>} */
    const buttons = document.querySelectorAll(".verdict-button[data-verdict]");
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.verdict === label));
    }
    const group = document.querySelector(".verdicts");
    group?.setAttribute("title", said);
    group?.setAttribute("aria-description", said);
    return dash_clientside.no_update;
  }

  document.addEventListener("keydown", pressed);
  document.addEventListener("click", clicked);
  window.dash_clientside = Object.assign({}, window.dash_clientside, { verdicts: { shown } });
})();
