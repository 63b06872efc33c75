/**
 * Zooming the timeline with the mouse: sets the time window directly and hides the event from Dash.
 *
 * On a relayout event dcc.Graph (Dash 4.4) would draw the whole graph again with the data that it
 * has, and only then the new window would be requested. Plotly itself preserves the range of a
 * gesture, as long as `uirevision` stays the same (plotly/plotly.js#3236).
 */
(() => {
  const GESTURE = 300; // ms after the last turn of the wheel; Plotly tells the new range after 50
  const UNTIL_DRAWN = 50; // ms
  /** @type {WeakSet<PlotlyElement>} */
  const taken = new WeakSet();
  let isHeld = false;
  let turned = -GESTURE;
  let planned = 0;

  const plotNow = () => vbd.plotly.plot(document.getElementById("timeline-graph"));

  /**
   * Moves the axes to the window where they are not. A figure that was asked for before the window
   * was moved, and is drawn after it, brings the axes of its own window.
   */
  function follow() {
    planned = 0;
    const [plot, span] = [plotNow(), vbd.view.state.window];
    if (!plot || !span || !vbd.view.isHere()) return;
    if (isHeld || performance.now() - turned < GESTURE) return plan(GESTURE);
    if (!vbd.axis.shows(plot, span))
      window.Plotly.relayout(plot, { "xaxis.range": [span.start, span.stop] });
    document.dispatchEvent(new CustomEvent("vbd:due"));
  }

  /** @param {number} wait ms */
  function plan(wait) {
    if (!planned) planned = setTimeout(follow, wait);
  }

  /** Takes the gestures of a plot, once it is there: the answer comes before Plotly has drawn it. */
  function take() {
    const graph = document.getElementById("timeline-graph");
    const plot = plotNow();
    if (graph && !plot) setTimeout(take, UNTIL_DRAWN);
    if (!plot || taken.has(plot)) return;
    taken.add(plot);
    vbd.plotly.takeZoom(plot, vbd.time.show);
    // Plotly tells the range of a gesture after it has drawn it, so the window comes a moment later.
    plot.on("plotly_afterplot", () => plan(0));
    plot.addEventListener("pointerdown", () => (isHeld = true), true);
    plot.addEventListener("wheel", () => (turned = performance.now()), { passive: true });
    plan(0);
  }

  document.addEventListener("vbd:drawn", take);
  for (const name of ["pointerup", "pointercancel", "blur"])
    window.addEventListener(name, () => (isHeld = false), true);
})();
