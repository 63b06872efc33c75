/**
 * Zooming by the mouse: the timeline tells the time window of it, and Dash nothing.
 *
 * Told of a new range, Dash would draw the whole graph once more with what it shows already, and
 * only then ask for the new window. Plotly keeps the range itself (`uirevision`).
 */
window.vbd = window.vbd || {};
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
