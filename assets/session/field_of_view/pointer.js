/**
 * Field of view: names the cell under the pointer, and selects it on a click (with shift or ctrl in
 * addition to others). One trace has the outlines of all cells, so the cell is found here.
 */
(() => {
  /** @type {{x: number, y: number, cell: VbdFieldCell | null} | null} */
  let pressed = null;

  /**
   * Whether a point is inside the closed polygons from `first` to `last`, and not in a hole.
   * @param {PlotlyTrace} trace
   * @param {number} first
   * @param {number} last
   * @param {number} px
   * @param {number} py
   */
  function inside(trace, first, last, px, py) {
    let odd = false;
    for (let i = first + 1; i < last; i += 1) {
      const [x0, y0, x1, y1] = [trace.x[i - 1], trace.y[i - 1], trace.x[i], trace.y[i]];
      // a gap between two parts is NaN, for which all comparisons are false
      const crosses = (y0 > py && y1 <= py) || (y0 <= py && y1 > py);
      if (crosses && px < x0 + ((py - y0) / (y1 - y0)) * (x1 - x0)) odd = !odd;
    }
    return odd;
  }

  /**
   * The cell at a point of the field; the smallest if several overlap.
   * @param {PlotlyElement} plot
   * @param {number} px
   * @param {number} py
   */
  function cellAt(plot, px, py) {
    /** @type {VbdField} */
    const { cells, starts } = plot.layout.meta;
    const [trace] = plot.data;
    const hits = cells.filter((cell, i) => {
      const [x, y, width, height] = cell.box;
      const near = px > x - 1 && px < x + width && py > y - 1 && py < y + height;
      return near && inside(trace, starts[i], starts[i + 1] - 1, px, py);
    });
    return hits.sort((a, b) => a.area - b.area)[0] ?? null;
  }

  /**
   * The cell under the pointer, null if there is none.
   * @param {PointerEvent} event
   */
  function under(event) {
    const plot = vbd.plotly.plot(vbd.closest(event, ".fov-graph"));
    if (!plot?.layout.meta) return null;
    const [x, y] = [vbd.plotly.axis(plot, "x"), vbd.plotly.axis(plot, "y")];
    return x && y && cellAt(plot, x.valueAt(event.clientX), y.valueAt(event.clientY));
  }

  function tip() {
    const found = document.getElementById("cell-tip");
    if (found) return found;
    const element = document.createElement("div");
    element.id = "cell-tip";
    document.body.append(element);
    return element;
  }

  /** @param {VbdFieldCell} cell */
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

  /** @param {PointerEvent} event */
  function point(event) {
    const cell = event.buttons ? null : under(event);
    vbd.closest(event, ".fov-graph")?.classList.toggle("on-cell", cell !== null);
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
      const isOnField = event.button === 0 && vbd.closest(event, ".fov-graph");
      pressed = isOnField ? { x: event.clientX, y: event.clientY, cell: under(event) } : null;
    },
    true,
  );
  document.addEventListener(
    "pointerup",
    (event) => {
      if (!pressed?.cell) return;
      const add = vbd.addsToSelection(event);
      if (vbd.isClick(pressed, event)) vbd.cells.select(pressed.cell.name, { add });
      pressed = null;
    },
    true,
  );
})();
