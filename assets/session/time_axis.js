/** Converts between session time and pixels for all graphs with the class `time-graph`. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const SAME = 1e-6; // of a window's length

  vbd.axis = {
    shows(graph, { start, stop }) {
      const plot = vbd.plotly.plot(graph);
      if (!plot) return false;
      if (!plot.data.length) return true;
      const [first, last] = vbd.plotly.range(plot);
      return Math.abs(first - start) + Math.abs(last - stop) < SAME * (stop - start);
    },
    frame(graph) {
      const plot = vbd.plotly.plot(graph);
      if (!plot) return null;
      return { ...vbd.plotly.frame(plot), ...vbd.hand.spanOf(plot) };
    },
    timeAt(graph, pageX) {
      const f = vbd.axis.frame(graph);
      return f && f.start + ((pageX - f.left) / f.width) * (f.stop - f.start);
    },
    pixelOf(graph, time) {
      const f = vbd.axis.frame(graph);
      return f && f.left - f.box.left + ((time - f.start) / (f.stop - f.start)) * f.width;
    },
    cover(graph, span, element, narrowest) {
      const f = vbd.axis.frame(graph);
      if (!f?.width) return false;
      // Before its figure arrives a graph has a range of its own, far from the session's times.
      const [left, right] = [span.start, span.stop].map((time) => {
        const part = (time - f.start) / (f.stop - f.start);
        return f.left - f.box.left + Math.min(Math.max(part, 0), 1) * f.width;
      });
      Object.assign(element.style, {
        display: "block",
        left: `${left}px`,
        width: `${Math.max(right - left, narrowest)}px`,
        top: `${f.top - f.box.top}px`,
        height: `${f.height}px`,
      });
      return true;
    },
  };
})();
