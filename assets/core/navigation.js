/**
 * Navigation to other pages without reloading the dashboard, as with a link of Dash.
 */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  vbd.navigate = (path, { stay = false } = {}) => {
    vbd.connection.expectPage();
    vbd.dash.pushState(path);
    if (!stay) window.scrollTo(0, 0);
  };
})();
