/**
 * The keyboard shortcuts of the session page, and the list of shortcuts (`?`).
 */
(() => {
  /**
   * The function of each action in the vocabulary's `keys`.
   * @type {Record<string, (event: KeyboardEvent) => void>}
   */
  const ACTIONS = {
    "move back": ({ repeat }) => vbd.hand.step(-0.25, repeat),
    "move forward": ({ repeat }) => vbd.hand.step(0.25, repeat),
    "zoom in": () => vbd.time.zoom(0.5),
    "zoom out": () => vbd.time.zoom(2),
    "next trial": () => vbd.time.step("trial", true),
    "previous trial": () => vbd.time.step("trial", false),
    "next change": () => vbd.time.step("change", true),
    "previous change": () => vbd.time.step("change", false),
    "next omission": () => vbd.time.step("omission", true),
    "previous omission": () => vbd.time.step("omission", false),
    "next reward": () => vbd.time.step("reward", true),
    "previous reward": () => vbd.time.step("reward", false),
    "next hit": () => vbd.time.step("hit", true),
    "previous hit": () => vbd.time.step("hit", false),
    "next miss": () => vbd.time.step("miss", true),
    "previous miss": () => vbd.time.step("miss", false),
    "next false_alarm": () => vbd.time.step("false_alarm", true),
    "previous false_alarm": () => vbd.time.step("false_alarm", false),
    "next correct_reject": () => vbd.time.step("correct_reject", true),
    "previous correct_reject": () => vbd.time.step("correct_reject", false),
    "whole session": () => vbd.time.setLength(0),
    "next cell": () => vbd.cells.step(1),
    "previous cell": () => vbd.cells.step(-1),
    "less bright cell": () => vbd.cells.lessBright(),
    "brightest cell": () => vbd.cells.brightest(),
    play: () => vbd.replay.toggle(),
    "next flash": () => vbd.replay.step(true),
    "previous flash": () => vbd.replay.step(false),
  };

  function help() {
    const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("help"));
    if (!dialog || dialog.open) return dialog?.close();
    dialog.showModal();
    dialog.scrollTop = 0; // its first button is at the end
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || vbd.takesKeys(event.target, event.key))
      return;
    const wanted = vbd.vocabulary.keys[event.key];
    if (wanted === "help") return help();
    if (!document.getElementById("timeline-graph") || !vbd.time.window()) return;
    const action = ACTIONS[wanted];
    if (!action) return;
    event.preventDefault();
    action(event);
  });
  document.addEventListener("click", (event) => {
    if (vbd.closest(event, "#help-button, #help-close")) help();
  });
})();
