/** Performance panel: the time window as a band over the plots, clicks, raw rates on demand. */
(() => {
  const NARROWEST = 2; // px
  const graph = () => document.getElementById("performance-graph");

  /** Move the band to the time window; false before the plots are drawn. */
  function place() {
    const [element, span] = [graph(), vbd.time.window()];
    if (!element || !span || !vbd.axis.frame(element)?.width) return false;
    const band = vbd.graphs.overlay(element, "window-band");
    return vbd.axis.cover(element, span, band, NARROWEST);
  }

  /** Retry until Plotly has drawn the figure, which takes some frames after Dash sets it. */
  function placeSoon(tries = 60) {
    if (!place() && tries) requestAnimationFrame(() => placeSoon(tries - 1));
  }

  document.addEventListener("vbd:window", place);
  document.addEventListener("vbd:fitted", place);
  document.addEventListener("click", (event) => {
    const frame = vbd.closest(event, "#performance-graph") && vbd.axis.frame(graph());
    if (!frame || event.clientX < frame.left || event.clientX > frame.left + frame.width) return;
    const time = vbd.axis.timeAt(graph(), event.clientX);
    if (time !== null) vbd.time.centre(time);
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    performance: {
      /**
       * Show or hide the uncorrected rates.
       * @param {PlotlyFigure | null} figure
       * @param {boolean} visible
       */
      showRaw(figure, visible) {
        if (!figure?.data) return dash_clientside.no_update;
        const data = figure.data.map((trace) =>
          trace.meta === "raw" ? { ...trace, visible } : trace,
        );
        return { ...figure, data };
      },
      drawn() {
        placeSoon();
        return dash_clientside.no_update;
      },
    },
  });
})();
