/**
 * Handles the buttons of a quality check, which lead to its time, in a row that shows it, or its
 * cell.
 */
(() => {
  /** Add a row to the timeline, as its menu would. @param {string} row */
  function showRow(row) {
    const value = /** @type {string[]} */ (vbd.options.get().rows);
    if (!value.includes(row)) dash_clientside.set_props("option-rows", { value: [...value, row] });
  }

  document.addEventListener("click", (event) => {
    const button = vbd.closest(event, ".check-link");
    if (!button) return;
    const { time, cell, row } = button.dataset;
    if (row) showRow(row);
    if (time !== undefined) vbd.cursor.show(Number(time));
    if (cell !== undefined) vbd.cells.select(Number(cell));
  });
})();
