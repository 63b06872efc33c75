/**
 * Creates elements, finds them from events, and says whether an element uses pressed keys itself.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  vbd.element = (tag, properties = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in node && name !== "style") Object.assign(node, { [name]: value });
      else node.setAttribute(name, String(value));
    }
    node.append(...children);
    return node;
  };

  vbd.isTyping = (target) =>
    target instanceof Element && target.matches("input, textarea, select, [contenteditable=true]");

  vbd.takesKeys = (target) =>
    vbd.isTyping(target) || (target instanceof Element && target.closest(".ag-root") !== null);

  vbd.closest = (event, selector) => {
    const found = event.target instanceof Element ? event.target.closest(selector) : null;
    return /** @type {HTMLElement | null} */ (found);
  };
})();
