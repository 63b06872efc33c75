/**
 * The explanation of a panel, in a box below its button `i`. There is one box for all panels, in the
 * panel whose button was pressed; the browser closes it by Esc or a click elsewhere. (A component
 * for each button keeps its panel in memory after the page has gone.)
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const GAP = 6; // px between button and box
  const text = vbd.element("div", { className: "popover-body" });
  const box = vbd.element("div", { className: "popover panel-info", popover: "auto" }, text);
  /** @type {HTMLButtonElement | null} */
  let owner = null;

  /** @param {HTMLButtonElement} button */
  function place(button) {
    const { left, bottom } = button.getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    const right = document.documentElement.clientWidth - width - GAP;
    const lowest = document.documentElement.clientHeight - height - GAP;
    box.style.left = `${Math.max(Math.min(left, right), GAP)}px`;
    box.style.top = `${Math.max(Math.min(bottom + GAP, lowest), GAP)}px`;
  }

  // The button's own action, which follows a click, opens or closes the box.
  document.addEventListener("click", (event) => {
    const button = vbd.closest(event, ".info-button");
    if (!(button instanceof HTMLButtonElement)) return;
    if (owner !== button || !box.isConnected) {
      if (owner) owner.popoverTargetElement = null;
      owner = button;
      text.textContent = button.ariaDescription;
      button.closest(".panel")?.append(box);
    }
    button.popoverTargetElement = box;
  });

  box.addEventListener("toggle", ({ newState }) => {
    if (newState === "open" && owner) place(owner);
    else {
      if (owner) owner.popoverTargetElement = null;
      owner = null;
      box.remove();
    }
  });
})();
