/**
 * From the end of a drag on a Plotly graph to its new lines on the screen; the same for every app.
 *
 * Painted: the graph has another time range than before, each of the lines named spans that range,
 * Plotly has drawn them (`plotly_afterplot`), and two frames have passed.
 */
window.painted = (() => {
  const TOLERANCE = 0.02; // of the range
  const NEVER = 30000; // ms

  const frames = (n, then) => (n ? requestAnimationFrame(() => frames(n - 1, then)) : then());

  function range(graph) {
    return graph._fullLayout.xaxis.range.map(Number);
  }

  function lines(graph, names) {
    return graph._fullData.filter((trace) => !names.length || names.includes(trace.name));
  }

  function spans(graph, names) {
    const [start, stop] = range(graph);
    const slack = TOLERANCE * (stop - start);
    const drawn = lines(graph, names);
    return (
      drawn.length > 0 &&
      drawn.every(
        ({ x }) => Math.abs(x[0] - start) < slack && Math.abs(x[x.length - 1] - stop) < slack,
      )
    );
  }

  /** A promise of the milliseconds from the next release of the mouse button to the painted lines. */
  function afterDrag(selector, names) {
    const graph = document.querySelector(selector);
    const before = range(graph).join();
    let released = null;
    const release = () => {
      released = performance.now();
    };
    window.addEventListener("mouseup", release, { once: true, capture: true });
    return new Promise((resolve, reject) => {
      const told = () =>
        `the axis shows ${range(graph)}, was ${before}; the lines span ` +
        lines(graph, names)
          .map(({ x }) => `${x[0]} to ${x[x.length - 1]}`)
          .join(", ");
      setTimeout(() => reject(new Error(`not painted within 30 s: ${told()}`)), NEVER);
      const check = () => {
        if (released === null || range(graph).join() === before || !spans(graph, names)) return;
        graph.removeListener("plotly_afterplot", check);
        frames(2, () => resolve(performance.now() - released));
      };
      graph.on("plotly_afterplot", check);
    });
  }

  /** Where on the page the plot's area lies. */
  function area(selector) {
    const graph = document.querySelector(selector);
    const { l, t, w, h } = graph._fullLayout._size;
    const box = graph.getBoundingClientRect();
    return { x: box.left + l, y: box.top + t, width: w, height: h, outer: [box.width, box.height] };
  }

  return {
    afterDrag,
    area,
    spans: (selector, names) => spans(document.querySelector(selector), names),
    get graph() {
      return document.querySelector(".js-plotly-plot");
    },
  };
})();
