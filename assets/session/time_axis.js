/**
 * Where session time lies on the screen, for every graph with class `time-graph`.
 * Namespace `vbd.axis`.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.axis = (() => {
  /** @type {VbdTimeAxis["frame"]} */
  function frame(graph) {
    const plot = vbd.plotly.plot(graph);
    if (!plot) return null;
    const [start, stop] = vbd.plotly.range(plot);
    return { ...vbd.plotly.frame(plot), start, stop };
  }

  /** @type {VbdTimeAxis["timeAt"]} */
  function timeAt(graph, pageX) {
    const f = frame(graph);
    return f && f.start + ((pageX - f.left) / f.width) * (f.stop - f.start);
  }

  /** @type {VbdTimeAxis["pixelOf"]} */
  function pixelOf(graph, time) {
    const f = frame(graph);
    return f && f.left - f.box.left + ((time - f.start) / (f.stop - f.start)) * f.width;
  }

  return { frame, timeAt, pixelOf };
})();
