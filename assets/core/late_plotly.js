/**
 * Loads Plotly before a graph needs it: at once on a page with graphs, else when somebody begins to
 * use the page. dcc.Graph would load the complete bundle, and only when the first graph is
 * mounted. Ours has the types of traces that our figures use (release/plotly) and is a quarter of it.
 * dcc.Graph waits for the promise in `window.Plotly`.
 */
(() => {
  vbd.late.plotly = async () => {
    if (!window.Plotly) {
      const loading = vbd.late.load("plotly", true);
      loading.catch(() => vbd.dash.setPlotlyPromise(undefined)); // the next graph loads Dash's copy
      vbd.dash.setPlotlyPromise(loading);
    }
    await window.Plotly;
    return window.Plotly;
  };
  const load = () => vbd.late.plotly().catch(() => {});

  document.addEventListener("DOMContentLoaded", () => {
    if (vbd.late.soon === "plotly") return load();
    vbd.late.atFirstGesture(load);
    vbd.dash.onPushState(load);
    return window.addEventListener("popstate", load);
  });
})();
