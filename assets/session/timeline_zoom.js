/**
 * Zooming by the mouse: the timeline tells the time window of it, and Dash nothing.
 *
 * Told of a new range, Dash would draw the whole graph once more with what it shows already, and
 * only then ask for the new window. Plotly keeps the range itself (`uirevision`).
 */
window.vbd = window.vbd || {};
(() => {
  const range = (event) =>
    event["xaxis.range"] || [event["xaxis.range[0]"], event["xaxis.range[1]"]];

  function take(plot) {
    if (plot.tellsTheWindow) return;
    const { emit } = plot;
    plot.emit = (name, event, ...more) => {
      const [start, stop] = name === "plotly_relayout" && event ? range(event) : [];
      if (start === undefined) return emit.call(plot, name, event, ...more);
      return vbd.time.show(Number(start), Number(stop));
    };
    plot.tellsTheWindow = true;
  }

  document.addEventListener("vbd:drawn", () => {
    const plot = vbd.axis.plot(document.getElementById("timeline-graph"));
    if (plot) take(plot);
  });
})();
