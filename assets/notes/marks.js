/** Notes about a moment as marks over navigator and timeline; a click opens the note. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const GRAPHS = ["navigator-graph", "timeline-graph"];
  /** @type {VbdNoteMark[]} */
  let marks = [];

  /** @param {VbdNoteMark} mark */
  function made({ note, time, symbol, swatch, text }) {
    const button = vbd.element(
      "button",
      { type: "button", title: text, "aria-label": text, "data-note": note, "data-at": time },
      symbol,
    );
    const line = vbd.element("div", { className: "note-mark" }, button);
    line.style.setProperty("--swatch", swatch);
    return line;
  }

  /** @param {string} id */
  function isMarked(id) {
    const graph = document.getElementById(id);
    return !graph || graph.querySelectorAll(".note-mark").length === marks.length;
  }

  /** Make the marks of both graphs anew. */
  function make() {
    for (const id of GRAPHS) {
      const graph = document.getElementById(id);
      if (graph) vbd.graphs.overlay(graph, "note-marks").replaceChildren(...marks.map(made));
    }
    place();
  }

  /** Put the marks where their times are; those outside the window are hidden. */
  function place() {
    for (const id of GRAPHS) {
      const graph = document.getElementById(id);
      const f = vbd.axis.frame(graph);
      const lines = /** @type {NodeListOf<HTMLElement>} */ (
        graph?.querySelectorAll(".note-mark") ?? []
      );
      lines.forEach((line, i) => {
        const { time } = marks[i];
        line.hidden = !f || time < f.start || time > f.stop;
        if (!f || line.hidden) return;
        line.style.left = `${vbd.axis.pixelOf(graph, time)}px`;
        line.style.top = `${f.top - f.box.top}px`;
        line.style.height = `${f.height}px`;
      });
    }
  }

  document.addEventListener("click", (event) => {
    const button = vbd.closest(event, ".note-mark button");
    if (!button) return;
    const { note = "", at } = button.dataset;
    if (vbd.closest(event, "#navigator-graph")) vbd.time.centre(Number(at));
    vbd.notes.open(note);
  });
  for (const name of ["vbd:window", "vbd:drawn", "vbd:fitted"]) {
    document.addEventListener(name, place);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    note_marks: {
      /** @type {VbdNoteMarks["shown"]} */
      shown(newest) {
        const isSame = JSON.stringify(marks) === JSON.stringify(newest) && GRAPHS.every(isMarked);
        marks = newest;
        if (!isSame) make(); // the mark that has the focus, or gets it back, stays
        return dash_clientside.no_update;
      },
    },
  });
})();
