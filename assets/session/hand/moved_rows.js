/**
 * Moves what Plotly has drawn in the timeline to another span of time: rows, heatmaps, what lies
 * behind them, and the numbers of the axis. Nothing is drawn anew, so it costs about a millisecond.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const SAME = 1e-6; // of a window's length
  /** @typedef {{scale: number, by: number, isMoved: boolean}} Move `by` in px */
  /** @typedef {Move & {key: string, drawing: VbdDrawing | null}} Placed */
  /** @type {WeakMap<PlotlyElement, Placed>} */
  const placed = new WeakMap();

  /**
   * What is drawn in a plot, found once for each drawing.
   * @param {PlotlyElement} plot
   * @param {Placed | undefined} last
   * @returns {VbdDrawing}
   */
  function drawingOf(plot, last) {
    const drawing = last?.drawing;
    return drawing && vbd.plotly.isDrawing(plot, drawing) ? drawing : vbd.plotly.drawing(plot);
  }

  /**
   * @param {VbdDrawing} drawing
   * @param {VbdSpan} span
   * @returns {Move}
   */
  function moveTo({ first, last, width }, { start, stop }) {
    const [from, to] = [last - first, stop - start];
    const off = Math.abs(first - start) + Math.abs(last - stop);
    if (off < SAME * Math.min(from, to)) return { scale: 1, by: 0, isMoved: false };
    const scale = Math.abs(from / to - 1) < SAME ? 1 : from / to;
    return { scale, by: ((first - start) / to) * width, isMoved: true };
  }

  /**
   * Marks and words keep their shape when the rows are stretched.
   * @param {VbdDrawing} drawing
   * @param {number} scale
   */
  function upright({ points, texts }, scale) {
    const mend = scale === 1 ? "" : ` scale(${1 / scale},1)`;
    for (const { element, transform } of points)
      element.setAttribute("transform", transform + mend);
    for (const { element, x } of texts)
      element.setAttribute("transform", `translate(${x * (1 - 1 / scale)},0)${mend}`);
  }

  /**
   * @param {VbdDrawing} drawing
   * @param {Move} to
   * @param {VbdSpan} span
   */
  function move({ left, width, rows, shapes, images }, { scale, by }, { start, stop }) {
    /** @param {number} time */
    const pixelOf = (time) => left + ((time - start) / (stop - start)) * width;
    const ofRow = `translate(${by},0) scale(${scale},1)`;
    const ofShape = `translate(${by + left * (1 - scale)},0) scale(${scale},1)`;
    for (const row of rows) row.setAttribute("transform", ofRow);
    for (const shape of shapes) shape.setAttribute("transform", ofShape);
    for (const image of images) {
      const x = pixelOf(image.start);
      image.element.setAttribute("x", String(x));
      image.element.setAttribute("width", String(pixelOf(image.stop) - x));
    }
  }

  vbd.movedRows = {
    forget(plot) {
      const last = placed.get(plot);
      if (last) placed.set(plot, { ...last, drawing: null });
    },
    place(plot, span) {
      const last = placed.get(plot);
      const drawing = drawingOf(plot, last);
      const key = `${span.start} ${span.stop}`;
      if (last?.drawing === drawing && last.key === key) return last.isMoved;
      const now = moveTo(drawing, span);
      placed.set(plot, { ...now, key, drawing });
      if (!now.isMoved && !last?.isMoved) return false;
      move(drawing, now, span);
      if (now.scale !== 1 || last?.scale !== 1) upright(drawing, now.scale);
      if (drawing.axis && now.isMoved) vbd.movedAxis.draw(drawing.axis, span, drawing);
      else if (drawing.axis) vbd.movedAxis.clear(drawing.axis);
      return now.isMoved;
    },
  };
})();
