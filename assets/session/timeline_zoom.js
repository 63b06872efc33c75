/**
 * Zooming by the mouse: the timeline tells the time window of it, and Dash nothing.
 *
 * Told of a new range, dcc.Graph (Dash 4.4) would draw the whole graph once more with what it shows
 * already, and only then ask for the new window. Plotly keeps the range itself (`uirevision`).
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
