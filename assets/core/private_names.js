/**
 * The only script that uses private names of Dash and Plotly: undocumented names, which any release
 * can change. All others use `vbd.dash` and `vbd.plotly`.
 *
 * `tests/browser/test_private_names.py` checks each name and says what fails on the page without
 * it. It also checks the internal class names that the stylesheets use.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const FITS = 1; // px
  /** The event by which dcc.Link announces a new URL to Dash and to other listeners. */
  const PUSH_STATE = "_dashprivate_pushstate";

  vbd.dash = {
    /** Go to a page of the dashboard like a click on a dcc.Link. */
    pushState(path) {
      window.history.pushState({}, "", path);
      window.dispatchEvent(new CustomEvent(PUSH_STATE));
    },
    onPushState: (listener) => window.addEventListener(PUSH_STATE, listener),
    /** dcc.Graph awaits the value of `window.Plotly`; the loaded script replaces the promise. */
    setPlotlyPromise(promise) {
      window.Plotly = /** @type {any} */ (promise);
    },
  };

  /**
   * @param {PlotlyAxis} axis
   * @param {number} origin the plot's start on the page, px
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
    /** Before the first draw a graph has no plot element, or one without a layout. */
    plot(graph) {
      if (!graph) return null;
      const element = graph.matches(".js-plotly-plot")
        ? graph
        : graph.querySelector(".js-plotly-plot");
      const plot = /** @type {PlotlyElement | null} */ (element);
      return plot?._fullLayout?.xaxis ? plot : null;
    },
    unnamed: () => [...document.querySelectorAll(".js-plotly-plot:not([role])")],
    plots: (root) => /** @type {PlotlyElement[]} */ ([...root.querySelectorAll(".js-plotly-plot")]),
    isFitted(plot) {
      const drawing = plot.querySelector(".main-svg");
      return !drawing || Math.abs(drawing.clientWidth - plot.clientWidth) <= FITS;
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
    takeEvents(plot, take) {
      const { emit } = plot;
      plot.emit = (name, event, ...more) =>
        take(name, event ?? {}) || emit.call(plot, name, event, ...more);
    },
    takeZoom(plot, take) {
      vbd.plotly.takeEvents(plot, (name, event) => {
        const range = name === "plotly_relayout" ? zoomedTo(event) : null;
        if (range) take(...range);
        return range !== null;
      });
    },
  };

  /**
   * The new range of the time axis in a relayout event; null if it did not change.
   * @param {Record<string, unknown>} event
   * @returns {[number, number] | null}
   */
  function zoomedTo(event) {
    const range = event["xaxis.range"] ?? [event["xaxis.range[0]"], event["xaxis.range[1]"]];
    const [start, stop] = /** @type {unknown[]} */ (range);
    return start === undefined ? null : [Number(start), Number(stop)];
  }
})();
