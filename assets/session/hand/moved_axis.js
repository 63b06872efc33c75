/** The numbers of the timeline's axis while its rows are moved: Plotly's own are hidden so long. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const SVG = "http://www.w3.org/2000/svg";

  /**
   * The group of our numbers beside Plotly's.
   * @param {Element} axis
   */
  function beside(axis) {
    const next = axis.nextElementSibling;
    if (next?.classList.contains("moved-axis")) return next;
    const group = document.createElementNS(SVG, "g");
    group.setAttribute("class", "moved-axis");
    axis.after(group);
    return group;
  }

  /**
   * Copies of an element of Plotly's, one for each position.
   * @param {Element} pattern
   * @param {number[]} positions
   */
  function copies(pattern, positions) {
    return positions.map((x) => {
      const copy = /** @type {Element} */ (pattern.cloneNode(true));
      copy.setAttribute("transform", `translate(${x},0)`);
      return copy;
    });
  }

  vbd.movedAxis = {
    draw(axis, span, { left, width }) {
      const [stroke, number] = [axis.querySelector("path"), axis.querySelector("text")];
      if (!stroke || !number) return;
      const ticks = vbd.ticks(span);
      const parts = ticks.map(({ time }) => (time - span.start) / (span.stop - span.start));
      const positions = parts.map((part) => left + part * width);
      const numbers = copies(number, positions);
      numbers.forEach((element, i) => {
        element.textContent = ticks[i].text;
      });
      beside(axis).replaceChildren(...copies(stroke, positions), ...numbers);
      axis.setAttribute("display", "none");
    },
    clear(axis) {
      axis.removeAttribute("display");
      beside(axis).remove();
    },
  };
})();
