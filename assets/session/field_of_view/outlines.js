/**
 * Field of view: the outlines of the cells for Plotly, and the labels of the selected cells. The
 * scripts of this folder share the namespace `vbd.fieldOfView`.
 */
vbd.fieldOfView ??= /** @type {VbdFieldOfView} */ ({});
(() => {
  const NEAR_EDGE = 0.2; // of the field
  /** @type {WeakMap<PlotlyFigure, VbdOutlines>} */
  const decoded = new WeakMap();

  /**
   * All outlines as the path of one shape. As a line with gaps Plotly would draw an element for each.
   * @param {Float32Array} x
   * @param {Float32Array} y
   */
  function path(x, y) {
    const parts = [];
    for (let i = 0, pen = "M"; i < x.length; i += 1) {
      const gap = Number.isNaN(x[i]);
      if (!gap) parts.push(`${pen}${x[i]},${y[i]}`);
      pen = gap ? "M" : "L";
    }
    return parts.join("");
  }

  vbd.fieldOfView.outlines = (base) => {
    const known = decoded.get(base);
    if (known) return known;
    const [x, y] = [base.data[0].x, base.data[0].y].map(
      (values) => /** @type {Float32Array} */ (vbd.traces.typed(values)),
    );
    const found = { x, y, path: path(x, y) };
    decoded.set(base, found);
    return found;
  };

  vbd.fieldOfView.outlinesOf = ({ x, y }, { starts }, chosen) => {
    /** @param {Float32Array} values */
    const part = (values) =>
      chosen.flatMap((i) => [...values.subarray(starts[i], starts[i + 1] - 1), null]);
    return { x: part(x), y: part(y) };
  };

  /**
   * The position of a label, which extends from the cell towards the middle of the field.
   * @param {VbdField} field
   * @param {VbdBox} box
   */
  function position({ width, height }, [x, y]) {
    return `${y < NEAR_EDGE * height ? "bottom" : "top"} ${x < width / 2 ? "right" : "left"}`;
  }

  vbd.fieldOfView.labels = (field, chosen) => {
    const boxes = chosen.map((i) => field.cells[i].box);
    const positions = boxes.map((box) => position(field, box));
    return {
      x: boxes.map(([x, , width]) => x + (width - 1) / 2),
      y: boxes.map(([, y, , height], i) => (positions[i].startsWith("top") ? y - 1 : y + height)),
      text: chosen.map((i) => String(field.cells[i].name)),
      textposition: positions,
    };
  };
})();
