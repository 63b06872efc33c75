/** In Explore: from a step of a dragged range, or a choice of the groups, to what is painted of it. */
window.explored = {
  painted() {
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  },

  /** The milliseconds of each step of a range that is dragged over a measure's histogram. */
  async brushed(name) {
    const plot = document.querySelector(`#measure-${name} .histogram`);
    plot.setPointerCapture = () => {}; // only of a real pointer
    const { left, top, width } = plot.getBoundingClientRect();
    const send = (type, share) =>
      plot.dispatchEvent(
        new PointerEvent(type, { clientX: left + share * width, clientY: top + 9, bubbles: true }),
      );
    const times = [];
    send("pointerdown", 0.2);
    for (let share = 0.25; share < 0.8; share += 0.05) {
      const began = performance.now();
      send("pointermove", share);
      await explored.painted();
      times.push(performance.now() - began);
    }
    send("pointerup", 0.8);
    return times;
  },

  /** The milliseconds until the groups of each measure are drawn. */
  async regrouped() {
    const view = document.getElementById("explore-group");
    const times = [];
    const measures = [...view.querySelector("[data-choice=measure]").options];
    for (const { value } of measures.slice(1, 7)) {
      const choice = view.querySelector("[data-choice=measure]");
      const began = performance.now();
      choice.value = value;
      choice.dispatchEvent(new Event("change"));
      while (view.dataset.state !== "ready") await explored.painted();
      await explored.painted();
      times.push(performance.now() - began);
    }
    return times;
  },
};
