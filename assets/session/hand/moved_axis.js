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
   * A stroke and a number like Plotly's for each tick.
   * @param {Element} axis
   * @param {VbdTick[]} ticks
   */
  function copies(axis, ticks) {
    const [stroke, number] = [axis.querySelector("path"), axis.querySelector("text")];
    if (!stroke || !number) return [];
    return ticks.flatMap(({ text }) => {
      const ours = [stroke, number].map((each) => /** @type {Element} */ (each.cloneNode(true)));
      ours[1].textContent = text;
      return ours;
    });
  }

  vbd.movedAxis = {
    draw(axis, span, { left, width }) {
      const ticks = vbd.ticks(span);
      const group = beside(axis);
      const written = ticks.map(({ text }) => text).join(" ");
      if (group.getAttribute("data-written") !== written)
        group.replaceChildren(...copies(axis, ticks));
      group.setAttribute("data-written", written);
      [...group.children].forEach((element, i) => {
        const part = (ticks[Math.floor(i / 2)].time - span.start) / (span.stop - span.start);
        element.setAttribute("transform", `translate(${left + part * width},0)`);
      });
      axis.setAttribute("display", "none");
    },
    clear(axis) {
      axis.removeAttribute("display");
      beside(axis).remove();
    },
  };
})();
