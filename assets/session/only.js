/**
 * The menus of rows and traces: the button "only", or Enter on a check box, leaves this one alone.
 */
(() => {
  /** @param {string} option the id of the check boxes @param {string} value */
  const choose = (option, value) => dash_clientside.set_props(option, { value: [value] });

  document.addEventListener("click", (event) => {
    const { option, only } = vbd.closest(event, ".only-button")?.dataset ?? {};
    if (option && only) choose(option, only);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    const boxes = event.target.closest(".option-checklist");
    if (boxes) choose(boxes.id, event.target.value);
  });
})();
