/**
 * Opens the path in a point's `customdata` when the point is clicked.
 */
(() => {
  /** @param {PlotlyClick | null} click */
  function clicked(click) {
    const path = click?.points.map((point) => point.customdata).find(Boolean);
    if (path) vbd.navigate([path].flat()[0]);
    return dash_clientside.no_update;
  }

  /**
   * Show or hide the outlines on a row of days.
   * @param {boolean} shown
   */
  const outlines = (shown) => (shown ? "days with-outlines" : "days");

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    pages: { clicked, outlines },
  });
})();
