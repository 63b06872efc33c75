/**
 * The window bar: fields for start and length, buttons for steps and lengths.
 */
(() => {
  let written = { start: "", length: "" };

  /** @param {number} seconds */
  const text = (seconds) => seconds.toFixed(seconds < 10 ? 3 : 1);

  /** @param {VbdSpan | null} span */
  function write(span) {
    if (!span || !document.getElementById("window-bar")) return;
    written = { start: text(span.start), length: text(span.stop - span.start) };
    dash_clientside.set_props("window-start", { value: written.start });
    dash_clientside.set_props("window-length", { value: written.length });
    const length = span.stop - span.start;
    const whole = vbd.time.bounds();
    const all = whole && Math.abs(length - (whole.stop - whole.start)) < 0.5;
    /** @type {NodeListOf<HTMLButtonElement>} */
    const buttons = document.querySelectorAll("button.length");
    for (const button of buttons) {
      const seconds = Number(button.dataset.length);
      const isChosen = seconds ? Math.abs(seconds - length) < 0.05 : all;
      button.classList.toggle("chosen", isChosen);
      button.setAttribute("aria-pressed", String(isChosen));
    }
  }

  /**
   * Called by Dash when a field changes; ignores the values that `write` has set.
   * @param {string | number | null} startText
   * @param {string | number | null} lengthText
   */
  function typed(startText, lengthText) {
    if (startText === written.start && lengthText === written.length)
      return dash_clientside.no_update;
    const start = Number(String(startText).replace(",", "."));
    const length = Number(String(lengthText).replace(",", "."));
    const bounds = vbd.time.bounds();
    if (!Number.isFinite(start) || !(length > 0))
      refuse("Type the start and the length of the window in seconds.");
    else if (bounds && start >= bounds.stop) refuse(`The session ends at ${text(bounds.stop)} s.`);
    else {
      const first = Math.max(start, bounds?.start ?? start);
      // The start that was typed counts: a window that is too long ends with the session.
      vbd.time.show(first, Math.min(first + length, bounds?.stop ?? first + length));
    }
    return dash_clientside.no_update;
  }

  /** @param {string} why */
  function refuse(why) {
    vbd.notify(why);
    write(vbd.time.window());
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { window_bar: { typed } });
  document.addEventListener("vbd:window", ({ detail }) => write(detail));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter") vbd.closest(event, "#window-start, #window-length")?.blur();
  });
  document.addEventListener("click", (event) => {
    const { step, length } = vbd.closest(event, "button")?.dataset ?? {};
    if (step) vbd.time.step(/** @type {VbdLandmark} */ (step.slice(1)), step[0] === "+");
    if (length) vbd.time.setLength(Number(length));
  });
})();
