/**
 * The window bar: typed start and length, buttons that step and that set the length.
 */
(() => {
  let written = {};

  const text = (value) => value.toFixed(value < 10 ? 3 : 1);

  function write(span) {
    if (!document.getElementById("window-bar")) return;
    written = { start: text(span.start), length: text(span.stop - span.start) };
    for (const name of ["start", "length"]) {
      dash_clientside.set_props(`window-${name}`, { value: written[name] });
    }
    const length = span.stop - span.start;
    const whole = vbd.time.bounds();
    const all = whole && Math.abs(length - (whole.stop - whole.start)) < 0.5;
    for (const button of document.querySelectorAll("button.length")) {
      const seconds = Number(button.dataset.length);
      button.classList.toggle("chosen", seconds ? Math.abs(seconds - length) < 0.05 : all);
    }
  }

  /** What Dash calls when a field was typed into; what `write` put there is not typed. */
  function typed(startText, lengthText) {
    if (startText === written.start && lengthText === written.length)
      return dash_clientside.no_update;
    const start = Number(String(startText).replace(",", "."));
    const length = Number(String(lengthText).replace(",", "."));
    if (Number.isFinite(start) && length > 0) {
      vbd.time.show(start, start + length);
    } else {
      vbd.notify("Type the start and the length of the window in seconds.");
      write(vbd.time.window());
    }
    return dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { window_bar: { typed } });
  document.addEventListener("vbd:window", (event) => write(event.detail));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.id.startsWith("window-")) event.target.blur();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.step)
      vbd.time.step(button.dataset.step.slice(1), button.dataset.step[0] === "+");
    if (button.dataset.length) vbd.time.setLength(Number(button.dataset.length));
  });
})();
