/**
 * Handles the buttons of a quality check, which lead to its time or its cell.
 */
document.addEventListener("click", (event) => {
  const button = vbd.closest(event, ".check-link");
  if (!button) return;
  event.preventDefault(); // else the click would open or close the details element around it
  const { time, cell } = button.dataset;
  if (time !== undefined) vbd.time.centre(Number(time));
  if (cell !== undefined) vbd.cells.select(Number(cell));
});
