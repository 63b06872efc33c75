/**
 * Elements drawn over graphs, and the size of graphs.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const PATIENCE = 300; // frames
  let frames = 0;

  /** Tells when Plotly has drawn all graphs in the size that a resize gave to their boxes. */
  function waitUntilFitted() {
    const plots = vbd.plotly.plots(document);
    frames -= 1;
    if (frames > 0 && !plots.every(vbd.plotly.isFitted))
      return requestAnimationFrame(waitUntilFitted);
    frames = 0;
    document.dispatchEvent(new CustomEvent("vbd:fitted"));
  }

  window.addEventListener("resize", () => {
    const isWaiting = frames > 0;
    frames = PATIENCE;
    if (!isWaiting) requestAnimationFrame(waitUntilFitted);
  });
})();
vbd.graphs = {
  overlay(graph, className) {
    const found = graph.querySelector(`:scope > .${className}`);
    if (found) return /** @type {HTMLElement} */ (found);
    const element = document.createElement("div");
    element.className = className;
    graph.append(element);
    return element;
  },
  /**
   * Fit all graphs to their boxes. Plotly gives a graph that was hidden its size only after a resize
   * event of the window.
   */
  fit() {
    requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
  },
};
