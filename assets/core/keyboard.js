/**
 * Keys of the session page; `?` lists them.
 */
(() => {
  const ACTIONS = {
    "move back": () => vbd.time.pan(-0.25),
    "move forward": () => vbd.time.pan(0.25),
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
    "whole session": () => vbd.time.setLength(0),
    "next cell": () => stepCell(1),
    "previous cell": () => stepCell(-1),
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
    const wanted = vbd.vocabulary.keys[event.key];
    if (wanted === "help") return help();
    if (!document.getElementById("timeline-graph") || !vbd.time.window()) return;
    const action = ACTIONS[wanted];
    if (!action) return;
    event.preventDefault();
    action();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#help-button, #help-close")) help();
  });
})();
