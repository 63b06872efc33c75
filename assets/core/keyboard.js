/**
 * Keys of the session page; `?` lists them.
 */
(() => {
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

  function stepCell(by) {
    const graph = vbd.plotly.plot(document.getElementById("timeline-graph"));
    const rows = (graph && graph.layout.meta && graph.layout.meta.rows) || [];
    const cells = rows.filter((r) => r.name.startsWith("activity:")).flatMap((r) => r.cells);
    if (!cells.length) return;
    const at = cells.indexOf(vbd.cells.selected().at(-1));
    vbd.cells.select(cells[(at + by + cells.length) % cells.length]);
  }

  const typing = (element) =>
    element.matches("input, textarea, select, [contenteditable=true]") ||
    element.closest(".ag-root");

  function help() {
    const dialog = document.getElementById("help");
    if (dialog) dialog[dialog.open ? "close" : "showModal"]();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "?") return help();
    if (!document.getElementById("timeline-graph") || !vbd.time.window()) return;
    const action = KEYS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#help-button, #help-close")) help();
  });
})();
