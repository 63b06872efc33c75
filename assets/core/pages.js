/**
 * Figures whose points lead to pages: a click opens the path in the point's `customdata`.
 */
window.vbd = window.vbd || {};
(() => {
  /** Go to a page of the dashboard as a link does. */
  function open(path) {
    vbd.dash.pushState(path);
  }

  function clicked(click) {
    const path = click && click.points.map((point) => point.customdata).find(Boolean);
    if (path) open([path].flat()[0]);
    return window.dash_clientside.no_update;
  }

  /** Show or hide the outlines on a row of days. */
  const outlines = (shown) => (shown ? "days with-outlines" : "days");

  vbd.pages = { open };
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    pages: { clicked, outlines },
  });
})();
