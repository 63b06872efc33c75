/**
 * Graphs and what is drawn over them.
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
  /** Plotly measures a graph that was hidden only when it hears of a new size of the window. */
  fit() {
    requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
  },
};
