/**
 * The states of panels while their callbacks are asked: `loading` until the answer is there, and
 * `error` with a sentence and "Try again" where it was lost. What was shown stays, marked as old.
 */
vbd.connection ??= /** @type {VbdConnection} */ ({});
(() => {
  const { connection } = vbd;
  /** @type {Map<string, string>} The state of a panel before it was asked for, by its name. */
  const before = new Map();
  /** @type {Set<string>} The panels that were told that an answer is lost. */
  const told = new Set();

  /** @param {string} name */
  const find = (name) => document.getElementById(`panel-${name}`);

  /** @param {string} name @param {string} state */
  function setState(name, state) {
    if (find(name)?.dataset.state === state) return;
    dash_clientside.set_props(`panel-${name}`, { "data-state": state });
  }

  /** @param {string} name @param {string | null} sentence */
  function setMessage(name, sentence) {
    if (!document.getElementById(`message-${name}`)) return;
    dash_clientside.set_props(`message-${name}`, { children: sentence });
  }

  /** @param {string} name @param {boolean} lost @param {string} state */
  function begin(name, lost, state) {
    const panel = find(name);
    if (!panel) return;
    if (!before.has(name)) before.set(name, panel.dataset.state ?? "loading");
    panel.toggleAttribute("data-lost", lost);
    setState(name, state);
  }

  connection.panels = {
    asked: (name) => begin(name, false, "loading"),
    lost(name, sentence) {
      begin(name, true, "error");
      told.add(name);
      setMessage(name, sentence);
    },
    answered(name, tellsState) {
      const state = before.get(name);
      before.delete(name);
      const wasLost = told.delete(name);
      find(name)?.toggleAttribute("data-lost", false);
      if (tellsState || state === undefined) return; // Dash sets what the answer says
      setState(name, state);
      if (wasLost) setMessage(name, null);
    },
    left() {
      before.clear();
      told.clear();
    },
  };

  document.addEventListener("click", (event) => {
    const panel = vbd.closest(event, ".try-again")?.closest("[id^='panel-']");
    if (!panel) return;
    const detail = panel.id.replace("panel-", "");
    document.dispatchEvent(new CustomEvent("vbd:again", { detail }));
  });
})();
