/**
 * Gives the keys back to the page after a choice with the mouse: a select, switch, segmented button
 * or tab would keep them otherwise. Who walks with the keyboard keeps the focus, and so does a
 * drawer or dialog, which has keys of its own.
 */
(() => {
  let isByPointer = false;
  const note = (/** @type {Event} */ { type }) => {
    isByPointer = type === "pointerdown";
  };
  for (const type of ["pointerdown", "keydown"]) document.addEventListener(type, note, true);

  document.addEventListener("change", ({ target }) => {
    if (!isByPointer || !(target instanceof HTMLElement)) return;
    if (target.closest("dialog, [role=dialog]")) return;
    if (target.matches("select, input[type=radio], input[type=checkbox]")) target.blur();
  });
  document.addEventListener("click", (event) => {
    if (isByPointer) vbd.closest(event, "#page [role=tab]")?.blur();
  });
})();
