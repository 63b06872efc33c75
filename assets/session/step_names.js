/**
 * The steps of the trials tab say which landmark is in the window's middle, as "miss 1 of 9". Those of
 * the window bar keep their names, as what stands beside them would move.
 */
(() => {
  const NAMES = "#panel-trials .step-name";
  const NEAR = 2e-3; // s

  /** @param {HTMLElement} element @param {number} middle s */
  function name(element, middle) {
    const { kind, name = "" } = element.dataset;
    const times = vbd.stores.landmarks?.[/** @type {VbdLandmark} */ (kind)] ?? [];
    const at = times.findIndex((time) => Math.abs(time - middle) < NEAR);
    element.textContent = at < 0 ? name : `${name} ${at + 1} of ${times.length}`;
  }

  function nameAll() {
    const span = vbd.view.state.window;
    if (!span) return;
    /** @type {NodeListOf<HTMLElement>} */
    const names = document.querySelectorAll(NAMES);
    for (const element of names) name(element, (span.start + span.stop) / 2);
  }

  document.addEventListener("vbd:window", nameAll);
  document.addEventListener("vbd:due", () => requestAnimationFrame(nameAll)); // a tab was opened
})();
