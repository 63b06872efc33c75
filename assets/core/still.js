/**
 * Makes elements of a tree of Dash's components (dashboard/components/still.py).
 */
(() => {
  /** @typedef {string | number | null} Text */
  /** @typedef {{ type: string, props: Record<string, unknown> }} Component */
  /** @typedef {Text | Component} Part */

  /** @param {MouseEvent} click */
  function follow(click) {
    if (click.ctrlKey || click.metaKey || click.shiftKey || click.button) return;
    click.preventDefault();
    const { pathname, search } = /** @type {HTMLAnchorElement} */ (click.currentTarget);
    vbd.navigate(pathname + search);
  }

  /** @param {unknown} given @returns {(Node | string)[]} */
  function elements(given) {
    const parts = /** @type {Part[]} */ ([given ?? []].flat());
    return parts
      .filter((part) => part !== null)
      .map((part) => (typeof part === "object" ? element(part) : String(part)));
  }

  /** @param {Component} component */
  function element({ type, props }) {
    const { children, style, ...properties } = props;
    const tag = /** @type {"a"} */ (type === "Link" ? "a" : type.toLowerCase());
    const known = Object.entries(properties).filter(([, value]) => value !== null);
    const made = vbd.element(tag, Object.fromEntries(known), ...elements(children));
    for (const [name, value] of Object.entries(style ?? {}))
      made.style.setProperty(name, String(value));
    if (type === "Link") made.addEventListener("click", follow);
    return made;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    still: {
      /** @param {unknown} content @param {string} id */
      draw(content, id) {
        document.getElementById(id)?.replaceChildren(...elements(content));
      },
    },
  });
})();
