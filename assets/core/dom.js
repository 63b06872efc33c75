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

  const CHOICE = "input:is([type=radio], [type=checkbox])";
  const TYPED = `input:not(${CHOICE}), textarea, select, [contenteditable=true]`;
  const WALKED = "[role=tab], [role=separator], [role=menu]";
  /** The keys with which a table, a choice, a row of tabs, a menu or a separator is walked. */
  const WALKING = /^(Arrow\w+|Page\w+|Home|End|Enter|Escape|Tab| )$/;

  vbd.isTyping = (target) => target instanceof Element && target.matches(TYPED);

  vbd.takesKeys = (target, key) => {
    if (vbd.isTyping(target)) return true;
    const isWalked =
      target instanceof Element && target.closest(`.ag-root, ${WALKED}, ${CHOICE}`) !== null;
    return isWalked && WALKING.test(key);
  };

  vbd.closest = (event, selector) => {
    const found = event.target instanceof Element ? event.target.closest(selector) : null;
    return /** @type {HTMLElement | null} */ (found);
  };
})();
