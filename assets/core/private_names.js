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
  /** The component from which Dash takes the address of a page. */
  const LOCATION = "_pages_location";

  vbd.dash = {
    /** Go to a page of the dashboard like a click on a dcc.Link. */
    pushState(path) {
      window.history.pushState({}, "", path);
      window.dispatchEvent(new CustomEvent(PUSH_STATE));
    },
    onPushState: (listener) => window.addEventListener(PUSH_STATE, listener),
    noticeAgain: () => dash_clientside.set_props(LOCATION, { search: window.location.search }),
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
    hideZoom(plot) {
      vbd.plotly.takeEvents(
        plot,
        (name, event) =>
          name === "plotly_relayout" && Object.keys(event).some((key) => key.startsWith("xaxis.")),
      );
    },
    isDrawing(plot, { layout, first, last, width }) {
      const [start, stop] = vbd.plotly.range(plot);
      const isSame = start === first && stop === last && plot._fullLayout._size.w === width;
      return isSame && plot._fullLayout === layout;
    },
    drawing(plot) {
      const [first, last] = vbd.plotly.range(plot);
      const { l, w } = plot._fullLayout._size;
      const area = { layout: plot._fullLayout, first, last, left: l, width: w };
      return { ...area, ...parts(plot) };
    },
  };

  /**
   * What moves with the time axis: the content of the rows within their clips, and shapes and images
   * that are placed by time.
   * @param {PlotlyElement} plot
   */
  function parts(plot) {
    const { images = [], shapes = [] } = plot._fullLayout;
    /** @param {string} selector */
    const all = (selector) => /** @type {SVGElement[]} */ ([...plot.querySelectorAll(selector)]);
    /** @param {SVGElement} shape */
    const isByTime = ({ dataset }) => shapes[Number(dataset.index)]?.xref === "x";
    return {
      rows: all(".overplot > g > g").filter((row) => row.firstChild),
      shapes: all(".shape-group")
        .filter(isByTime)
        .flatMap((group) => [...group.children]),
      images: all(".imagelayer > image").map((element, i) => ({
        element,
        start: Number(images[i].x),
        stop: Number(images[i].x) + Number(images[i].sizex),
      })),
      points: all(".points > .point").map((element) => ({
        element,
        transform: (element.getAttribute("transform") ?? "").replace(/ scale.*/, ""),
      })),
      texts: all(".textpoint > text").map((element) => ({
        element,
        x: Number(element.getAttribute("x")),
      })),
      axis: all(".xaxislayer-above").find((axis) => axis.firstChild) ?? null,
    };
  }
})();
