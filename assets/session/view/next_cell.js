/**
 * Goes from cell to cell: down the rows of the heatmap, or from the brightest to the next less bright.
 * Adds to `vbd.cells`, which `choices.js` makes.
 */
(() => {
  const BRIGHTNESS = "brightness";
  const LOST = "The server did not tell the order of the cells.";
  /** The answers by their addresses. @type {Map<string, Promise<number[]>>} */
  const answers = new Map();

  /** @param {string} path */
  async function asked(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(answer.status === 404 ? await answer.text() : LOST);
    return answer.json();
  }

  /** The cells of the recording in an order of the server. @param {string} order */
  function cellsBy(order) {
    const { kind, id } = /** @type {VbdAddress} */ (vbd.stores.address);
    const path = vbd.url("cellsBy", { kind, id, order });
    const answer = answers.get(path) ?? asked(path);
    answers.set(path, answer);
    answer.catch(() => answers.delete(path)); // the next press asks anew
    return answer;
  }

  /** The cells from the top to the bottom of the heatmap; empty without one. */
  function rows() {
    const plot = vbd.plotly.plot(document.getElementById("timeline-graph"));
    /** @type {VbdRow[]} */
    const shown = plot?.layout.meta?.rows ?? [];
    return shown.filter(({ name }) => name.startsWith("activity:")).flatMap(({ cells }) => cells);
  }

  /** @param {number[]} cells @param {number} by how many further down */
  function step(cells, by) {
    if (!cells.length) return;
    const at = cells.indexOf(vbd.cells.selected().at(-1) ?? NaN);
    vbd.cells.select(cells[(at + by + cells.length) % cells.length]);
  }

  /** @param {() => Promise<void>} does */
  const told = (does) => does().catch((error) => vbd.notify(error.message));

  Object.assign(vbd.cells, {
    step: (/** @type {number} */ by) =>
      told(async () => {
        const shown = rows();
        step(shown.length ? shown : await cellsBy(String(vbd.options.get().sort)), by);
      }),
    brightest: () => told(async () => vbd.cells.select((await cellsBy(BRIGHTNESS))[0])),
    lessBright: () => told(async () => step(await cellsBy(BRIGHTNESS), 1)),
  });
  document.addEventListener("click", (event) => {
    if (vbd.closest(event, "#brightest-cell")) vbd.cells.brightest();
  });
})();
