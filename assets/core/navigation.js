/**
 * Ways to other pages: without loading the dashboard anew, as a link of Dash does.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  vbd.navigate = (path, { stay = false } = {}) => {
    vbd.dash.pushState(path);
    if (!stay) window.scrollTo(0, 0);
  };
})();
