/**
 * Ways to other pages: without loading the dashboard anew, as a link of Dash does.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  vbd.navigate = (path, { stay = false } = {}) => {
    window.history.pushState({}, "", path);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    if (!stay) window.scrollTo(0, 0);
  };
})();
