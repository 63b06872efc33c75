/**
 * The separator between the columns of a session's page: dragged, or moved by its arrow keys. The
 * width of the left column is the option `columns`; the browser remembers the reader's own.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const KEY = "vbd-columns";
  const STEP = 2; // %
  const LARGE_STEP = 10; // %, with shift
  let isDragged = false;

  const bar = () => /** @type {HTMLElement | null} */ (document.querySelector(".column-separator"));

  /** @param {HTMLElement} separator @param {string} name */
  const value = (separator, name) => Number(separator.getAttribute(`aria-value${name}`));

  /** Moves the separator. @param {HTMLElement} separator @param {number} percent */
  function move(separator, percent) {
    const within = Math.min(percent, value(separator, "max"));
    const width = Math.round(Math.max(within, value(separator, "min")));
    separator.setAttribute("aria-valuenow", String(width));
    separator.parentElement?.style.setProperty("--left", String(width));
  }

  /** Fits the figures, and keeps the width; nothing stands for the usual one. @param {string} width */
  function keep(width) {
    vbd.storage.write(KEY, width);
    vbd.view.keep("columns", width);
    vbd.graphs.fit();
  }

  /** @param {HTMLElement} separator @param {number} percent */
  function set(separator, percent) {
    move(separator, percent);
    keep(String(value(separator, "now")));
  }

  /** @param {HTMLElement} separator */
  function reset(separator) {
    move(separator, Number(separator.dataset.usual));
    keep("");
  }

  vbd.columns = {
    arrived() {
      const [separator, own] = [bar(), Number(vbd.storage.read(KEY))];
      const { options } = vbd.view.state;
      if (!separator || options.columns || !own) return;
      move(separator, own);
      options.columns = String(value(separator, "now"));
    },
  };

  document.addEventListener("pointerdown", (event) => {
    const separator = vbd.closest(event, ".column-separator");
    if (!separator || event.button !== 0) return;
    isDragged = true;
    separator.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    const [separator, box] = [bar(), bar()?.parentElement?.getBoundingClientRect()];
    if (isDragged && separator && box)
      move(separator, ((event.clientX - box.left) / box.width) * 100);
  });
  for (const name of /** @type {const} */ (["pointerup", "pointercancel"]))
    document.addEventListener(name, () => {
      const separator = bar();
      if (isDragged && separator) set(separator, value(separator, "now"));
      isDragged = false;
    });
  document.addEventListener("dblclick", (event) => {
    const separator = vbd.closest(event, ".column-separator");
    if (separator) reset(separator);
  });

  document.addEventListener("keydown", (event) => {
    const separator = vbd.closest(event, ".column-separator");
    if (!separator || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const now = value(separator, "now");
    /** @type {Record<string, () => void>} */
    const does = {
      ArrowLeft: () => set(separator, now - step),
      ArrowRight: () => set(separator, now + step),
      Home: () => set(separator, value(separator, "min")),
      End: () => set(separator, value(separator, "max")),
      Enter: () => reset(separator),
    };
    if (!does[event.key]) return;
    event.preventDefault();
    does[event.key]();
  });
})();
