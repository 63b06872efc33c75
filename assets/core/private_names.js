/**
 * The only file that knows private names of Dash and Plotly: names without documentation, which any
 * release may change. Everything else calls `vbd.dash` and `vbd.plotly`.
 *
 * `tests/browser/test_private_names.py` tries each name and says what breaks on the page without
 * it. The stylesheets use a few internal class names; the same test tries those too.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  /** The event that tells Dash, and others that listen, of a new address; sent by every dcc.Link. */
  const PUSH_STATE = "_dashprivate_pushstate";

  vbd.dash = {
    /** Go to a page of the dashboard as a click on a dcc.Link does. */
    pushState(path) {
      window.history.pushState({}, "", path);
      window.dispatchEvent(new CustomEvent(PUSH_STATE));
    },
    onPushState: (listener) => window.addEventListener(PUSH_STATE, listener),
    /** dcc.Graph awaits whatever `window.Plotly` holds; the script puts the library in its place. */
    setPlotlyPromise(promise) {
      window.Plotly = /** @type {any} */ (promise);
    },
  };

  /**
   * @param {PlotlyAxis} axis
   * @param {number} origin where the plot begins on the page, px
   * @returns {VbdAxis}
   */
  function onPage(axis, origin) {
    const start = origin + axis._offset;
    return {
      id: axis._id,
      start,
      length: axis._length,
      range: [Number(axis.range[0]), Number(axis.range[1])],
      valueAt: (pixel) => axis.p2d(pixel - start),
      pixelOf: (value) => start + axis.d2p(value),
    };
  }

  /** @type {VbdPlotly["axes"]} */
  function axes(plot, letter) {
    const box = plot.getBoundingClientRect();
    const pattern = new RegExp(`^${letter}axis\\d*$`);
    return Object.keys(plot._fullLayout)
      .filter((name) => pattern.test(name))
      .map((name) => plot._fullLayout[/** @type {"xaxis"} */ (name)])
      .map((axis) => onPage(axis, letter === "x" ? box.left : box.top));
  }

  vbd.plotly = {
    /** A graph that has not been drawn has an element without layout, or none. */
    plot(graph) {
      if (!graph) return null;
      const element = graph.matches(".js-plotly-plot")
        ? graph
        : graph.querySelector(".js-plotly-plot");
      const plot = /** @type {PlotlyElement | null} */ (element);
      return plot?._fullLayout?.xaxis ? plot : null;
    },
    axes,
    axis: (plot, id) => axes(plot, id[0]).find((axis) => axis.id === id) ?? null,
    range: (plot, letter = "x") =>
      /** @type {[number, number]} */ (plot._fullLayout[`${letter}axis`].range.map(Number)),
    frame(plot) {
      const { l, t, w, h } = plot._fullLayout._size;
      const box = plot.getBoundingClientRect();
      return { left: box.left + l, top: box.top + t, width: w, height: h, box };
    },
    takeZoom(plot, take) {
      const { emit } = plot;
      plot.emit = (name, event, ...more) => {
        const range = name === "plotly_relayout" ? zoomedTo(event) : null;
        if (!range) return emit.call(plot, name, event, ...more);
        take(...range);
        return true;
      };
    },
  };

  /**
   * The new range of the time axis that a relayout event tells of.
   * @param {Record<string, unknown> | undefined} event
   * @returns {[number, number] | null}
   */
  function zoomedTo(event) {
    const range = event?.["xaxis.range"] ?? [event?.["xaxis.range[0]"], event?.["xaxis.range[1]"]];
    const [start, stop] = /** @type {unknown[]} */ (range);
    return start === undefined ? null : [Number(start), Number(stop)];
  }
})();
