/**
 * Where session time lies on the screen, for every graph with class `time-graph`.
 * Namespace `vbd.axis`.
 */
window.vbd = window.vbd || {};
window.vbd.axis = (() => {
  /** The Plotly element inside a graph component, once it has been drawn. */
  function plot(graph) {
    const element =
      graph &&
      (graph.classList.contains("js-plotly-plot") ? graph : graph.querySelector(".js-plotly-plot"));
    return element && element._fullLayout && element._fullLayout.xaxis ? element : null;
  }

  /** Left edge and width in page pixels, and the times at both edges; null before the first draw. */
  function frame(graph) {
    const element = plot(graph);
    if (!element) return null;
    const { l, t, w, h } = element._fullLayout._size;
    const box = element.getBoundingClientRect();
    const [start, stop] = element._fullLayout.xaxis.range.map(Number);
    return { left: box.left + l, width: w, top: box.top + t, height: h, start, stop, box };
  }

  function timeAt(graph, pageX) {
    const f = frame(graph);
    return f && f.start + ((pageX - f.left) / f.width) * (f.stop - f.start);
  }

  function pixelOf(graph, time) {
    const f = frame(graph);
    return f && f.left - f.box.left + ((time - f.start) / (f.stop - f.start)) * f.width;
  }

  return { plot, frame, timeAt, pixelOf };
})();
