/**
 * Keys of the session page; `?` lists them.
 */
(() => {
  /** @type {Record<string, () => void>} */
  const KEYS = {
    ArrowLeft: () => vbd.time.pan(-0.25),
    ArrowRight: () => vbd.time.pan(0.25),
    "+": () => vbd.time.zoom(0.5),
    "=": () => vbd.time.zoom(0.5),
    "-": () => vbd.time.zoom(2),
    t: () => vbd.time.step("trial", true),
    T: () => vbd.time.step("trial", false),
    c: () => vbd.time.step("change", true),
    C: () => vbd.time.step("change", false),
    o: () => vbd.time.step("omission", true),
    O: () => vbd.time.step("omission", false),
    r: () => vbd.time.step("reward", true),
    R: () => vbd.time.step("reward", false),
    a: () => vbd.time.setLength(0),
    j: () => stepCell(1),
    k: () => stepCell(-1),
  };

  /** @param {number} by how many rows further down */
  function stepCell(by) {
    const plot = vbd.plotly.plot(document.getElementById("timeline-graph"));
    /** @type {VbdRow[]} */
    const rows = plot?.layout.meta?.rows ?? [];
    const cells = rows.filter((r) => r.name.startsWith("activity:")).flatMap((r) => r.cells);
    if (!cells.length) return;
    const at = cells.indexOf(vbd.cells.selected().at(-1) ?? NaN);
    vbd.cells.select(cells[(at + by + cells.length) % cells.length]);
  }

  function help() {
    const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("help"));
    if (dialog?.open) dialog.close();
    else dialog?.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || vbd.takesKeys(event.target)) return;
    if (event.key === "?") return help();
    if (!document.getElementById("timeline-graph") || !vbd.time.window()) return;
    const action = KEYS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  document.addEventListener("click", (event) => {
    if (vbd.closest(event, "#help-button, #help-close")) help();
  });
})();
