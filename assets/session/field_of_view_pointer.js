/**
 * Field of view: pointing at a cell names it, a click selects it (with shift or ctrl, beside others).
 * One line holds the outlines of all cells, so which of them is hit is found here.
 */
window.vbd = window.vbd || {};
(() => {
  const CLICK_MOVES_LESS_THAN = 4; // px
  let pressed = null;

  /** Whether a point lies inside the closed polygons from `first` to `last`, holes left out. */
  function inside(trace, first, last, px, py) {
    let odd = false;
    for (let i = first + 1; i < last; i += 1) {
      const [x0, y0, x1, y1] = [trace.x[i - 1], trace.y[i - 1], trace.x[i], trace.y[i]];
      // a gap between two parts is NaN, which no comparison holds for
      const crosses = (y0 > py && y1 <= py) || (y0 <= py && y1 > py);
      if (crosses && px < x0 + ((py - y0) / (y1 - y0)) * (x1 - x0)) odd = !odd;
    }
    return odd;
  }

  /** The cell at a point of the field; of overlapping ones the smallest. */
  function cellAt(plot, px, py) {
    const { cells, starts } = plot.layout.meta;
    const [trace] = plot.data;
    const hits = cells.filter((cell, i) => {
      const [x, y, width, height] = cell.box;
      const near = px > x - 1 && px < x + width && py > y - 1 && py < y + height;
      return near && inside(trace, starts[i], starts[i + 1] - 1, px, py);
    });
    return hits.sort((a, b) => a.area - b.area)[0] || null;
  }

  /** The cell under the pointer, null where there is none. */
  function under(event) {
    const graph = event.target.closest && event.target.closest(".fov-graph");
    const plot = graph && vbd.plotly.plot(graph);
    if (!plot || !plot.layout.meta) return null;
    const [x, y] = [vbd.plotly.axis(plot, "x"), vbd.plotly.axis(plot, "y")];
    return cellAt(plot, x.valueAt(event.clientX), y.valueAt(event.clientY));
  }

  function tip() {
    let element = document.getElementById("cell-tip");
    if (!element) {
      element = document.createElement("div");
      element.id = "cell-tip";
      document.body.append(element);
    }
    return element;
  }

  function describe(cell) {
    const [x, y, width, height] = cell.box;
    return [
      cell.cell_specimen_id === null
        ? "not matched to a cell_specimen_id"
        : `cell_specimen_id ${cell.cell_specimen_id}`,
      `cell_roi_id ${cell.cell_roi_id}`,
      `x ${x}, y ${y} px; ${width} × ${height} px, ${cell.area} px²`,
    ].join("\n");
  }

  function point(event) {
    const cell = event.buttons ? null : under(event);
    const graph = event.target.closest && event.target.closest(".fov-graph");
    if (graph) graph.classList.toggle("on-cell", cell !== null);
    const element = tip();
    element.hidden = cell === null;
    if (cell === null) return;
    element.textContent = describe(cell);
    const left = Math.min(event.clientX + 14, window.innerWidth - element.offsetWidth - 6);
    const top = Math.min(event.clientY + 14, window.innerHeight - element.offsetHeight - 6);
    element.style.transform = `translate(${left}px, ${top}px)`;
  }

  document.addEventListener("pointermove", point);
  document.addEventListener(
    "pointerdown",
    (event) => {
      const onField = event.button === 0 && event.target.closest(".fov-graph");
      pressed = onField ? { x: event.clientX, y: event.clientY, cell: under(event) } : null;
    },
    true,
  );
  document.addEventListener(
    "pointerup",
    (event) => {
      if (!pressed || !pressed.cell) return;
      const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
      const add = event.shiftKey || event.ctrlKey || event.metaKey;
      if (moved < CLICK_MOVES_LESS_THAN) vbd.cells.select(pressed.cell.name, { add });
      pressed = null;
    },
    true,
  );
})();
