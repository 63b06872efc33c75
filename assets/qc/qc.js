/**
 * Quality: the buttons of a check lead to its second or its cell.
 */
document.addEventListener("click", (event) => {
  const button = vbd.closest(event, ".check-link");
  if (!button) return;
  event.preventDefault(); // the line around it would open or close
  const { time, cell } = button.dataset;
  if (time !== undefined) vbd.time.centre(Number(time));
  if (cell !== undefined) vbd.cells.select(Number(cell));
});
