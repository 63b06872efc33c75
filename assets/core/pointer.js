/** Interprets clicks: whether they add to the selection, and whether the pointer moved. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const CLICK_MOVES_LESS_THAN = 4; // px

  vbd.addsToSelection = (event) => event.shiftKey || event.ctrlKey || event.metaKey;
  vbd.isClick = ({ x, y }, event) =>
    Math.hypot(event.clientX - x, event.clientY - y) < CLICK_MOVES_LESS_THAN;
})();
