/**
 * Elements drawn over graphs, and the size of graphs.
 */
window.vbd ??= /** @type {Vbd} */ ({});
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
