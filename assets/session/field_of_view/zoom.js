/**
 * Field of view: preserves the range to which the user zoomed or panned, and updates the scale bar.
 *
 * Three things would undo a zoom:
 * - dcc.Graph (Dash 4.4) draws its figure again after each relayout event, with the range of that
 *   event. Turns of the wheel in the meantime are lost. So zooms are hidden from Dash.
 * - During a gesture Plotly has the new range only in its internal state. Any other drawing before
 *   the wheel rests, as after a resize, goes back to the range in `plot.layout`. So each step of a
 *   gesture is written there.
 * - A figure that was composed before a gesture may be drawn after its start. So the range is
 *   checked after each drawing and corrected.
 */
vbd.fieldOfView ??= /** @type {VbdFieldOfView} */ ({});
(() => {
  /** @type {WeakSet<PlotlyElement>} */
  const taken = new WeakSet();
  /** @type {Map<number, PlotlyFigure>} */
  const shown = new Map(); // per experiment its fixed figure, which differs between pages
  /** @type {WeakMap<PlotlyFigure, VbdEdges>} */
  const zoomed = new WeakMap();
  /** @type {WeakMap<PlotlyElement, () => PlotlyFigure>} */
  const waiting = new WeakMap();
  /** @type {WeakSet<PlotlyElement>} */
  const mending = new WeakSet(); // so that a range that Plotly does not accept is tried only once
  const SAME = 1e-6; // of the visible size

  vbd.fieldOfView.edges = (base) => {
    const { width, height } = base.layout.meta;
    return zoomed.get(base) ?? [-0.5, width - 0.5, height - 0.5, -0.5];
  };

  vbd.fieldOfView.postpone = (base, draw) => {
    const { experiment } = base.layout.meta;
    const plot = vbd.plotly.plot(graphOf(experiment));
    const now = shown.get(experiment) !== base || !plot?.dataset.moving;
    shown.set(experiment, base);
    if (now) return false;
    waiting.set(plot, draw);
    return true;
  };

  /** @param {number} experiment */
  const graphOf = (experiment) =>
    document.getElementById(`{"experiment":${experiment},"type":"fov-graph"}`);

  /**
   * Store the range after a step of a gesture.
   * @param {PlotlyElement} plot
   */
  function keep(plot) {
    const [left, right] = vbd.plotly.range(plot, "x");
    const [bottom, top] = vbd.plotly.range(plot, "y");
    const base = shown.get(plot.layout.meta.experiment);
    if (base) zoomed.set(base, [left, right, bottom, top]);
    Object.assign(plot.layout.xaxis ?? {}, { range: [left, right] });
    Object.assign(plot.layout.yaxis ?? {}, { range: [bottom, top] });
  }

  /** @param {PlotlyElement} plot */
  function forget(plot) {
    const base = shown.get(plot.layout.meta.experiment);
    if (base) zoomed.delete(base);
  }

  /**
   * Correct the range if an older figure has been drawn during a gesture.
   * @param {PlotlyElement} plot
   */
  function mend(plot) {
    const base = shown.get(plot.layout.meta.experiment);
    const kept = base && zoomed.get(base);
    if (!kept || mending.has(plot)) return;
    const [left, right, bottom, top] = kept;
    const now = [...vbd.plotly.range(plot, "x"), ...vbd.plotly.range(plot, "y")];
    if (now.every((edge, i) => Math.abs(edge - kept[i]) < SAME * (right - left))) return;
    mending.add(plot);
    window.Plotly.relayout(plot, {
      "xaxis.range": [left, right],
      "yaxis.range": [bottom, top],
    }).finally(() => mending.delete(plot));
  }

  /** @param {PlotlyElement} plot */
  function ended(plot) {
    const { experiment } = plot.layout.meta;
    const draw = waiting.get(plot);
    waiting.delete(plot);
    delete plot.dataset.moving;
    if (draw) dash_clientside.set_props({ experiment, type: "fov-graph" }, { figure: draw() });
    else moveScaleBar(plot);
  }

  /** @param {PlotlyElement} plot */
  function moveScaleBar(plot) {
    const base = shown.get(plot.layout.meta.experiment);
    if (!base) return;
    const { shapes, label } = vbd.fieldOfView.scaleBar(
      base.layout.meta,
      vbd.fieldOfView.edges(base),
    );
    window.Plotly.relayout(plot, {
      shapes: [plot.layout.shapes[0], ...shapes],
      annotations: [label, ...plot.layout.annotations.slice(1)],
    });
  }

  /**
   * @param {PlotlyElement} plot
   * @param {string} name
   * @param {Record<string, unknown>} event
   * @returns {boolean} whether the event is hidden from Dash
   */
  function take(plot, name, event) {
    if (name === "plotly_afterplot") mend(plot);
    if (name === "plotly_doubleclick") forget(plot); // Plotly then shows the whole field
    if (mending.has(plot)) return name === "plotly_relayout";
    const isRange = Object.keys(event).some((key) => key.includes("axis.range"));
    if (isRange) keep(plot);
    if (name === "plotly_relayouting") plot.dataset.moving = "true"; // until the wheel rests
    if (name !== "plotly_relayout") return false;
    if (isRange || plot.dataset.moving) ended(plot);
    return true;
  }

  /**
   * Set up a plot before the first gesture reaches Plotly.
   * @param {Event} event
   */
  function begin({ target }) {
    const graph = target instanceof Element ? target.closest(".fov-graph") : null;
    const plot = vbd.plotly.plot(graph);
    if (!plot || taken.has(plot)) return;
    taken.add(plot);
    vbd.plotly.takeEvents(plot, (name, event) => take(plot, name, event));
  }

  for (const gesture of ["wheel", "pointerdown"])
    document.addEventListener(gesture, begin, { capture: true, passive: true });
})();
