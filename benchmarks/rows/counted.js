/** From a click in the picker to its counts and the rows of its table, and two frames after both. */
window.counted = {
  afterClick() {
    const row = (node) => `${node.getAttribute("row-index")} ${node.textContent}`;
    const table = "#explore-grid .ag-pinned-left-cols-container .ag-row";
    const rows = () => [...document.querySelectorAll(table)].map(row).sort().join();
    const count = () => document.getElementById("explore-count").textContent;
    const before = [count(), rows()];
    const frames = (n, then) => (n ? requestAnimationFrame(() => frames(n - 1, then)) : then());
    return new Promise((resolve) => {
      window.addEventListener(
        "click",
        () => {
          const began = performance.now();
          const look = () => {
            if (count() === before[0] || rows() === before[1]) return frames(1, look);
            return frames(2, () => resolve(performance.now() - began));
          };
          frames(1, look);
        },
        { once: true, capture: true },
      );
    });
  },
};
