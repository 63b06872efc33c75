/**
 * Zooming the timeline with the mouse: sets the time window directly and hides the event from Dash.
 *
 * On a relayout event dcc.Graph (Dash 4.4) would draw the whole graph again with the data that it
 * has, and only then the new window would be requested. Plotly itself preserves the range of a
 * gesture, as long as `uirevision` stays the same (plotly/plotly.js#3236).
 */
(() => {
  /** @type {WeakSet<PlotlyElement>} */
  const taken = new WeakSet();

  document.addEventListener("vbd:drawn", () => {
    const plot = vbd.plotly.plot(document.getElementById("timeline-graph"));
    if (!plot || taken.has(plot)) return;
    taken.add(plot);
    vbd.plotly.takeZoom(plot, vbd.time.show);
  });
})();
