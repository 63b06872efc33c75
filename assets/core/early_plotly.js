/**
 * Loads Plotly before a graph needs it: at once on a page with graphs, else when the page has been
 * drawn. dcc.Graph would load the complete bundle, and only when the first graph is mounted.
 * Plotly's bundle without maps and 3D loads in half the time. dcc.Graph waits for the promise in
 * `window.Plotly`.
 */
(() => {
  const here = /** @type {HTMLScriptElement} */ (document.currentScript);
  const url = new URL("../vendor/plotly-cartesian.min.js", here.src).href;

  function load() {
    if (window.Plotly) return;
    vbd.dash.setPlotlyPromise(loadScript());
  }

  function loadScript() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      Object.assign(script, { src: url, async: true, onload: resolve });
      script.dataset.spare = "Dash's own copy";
      script.onerror = () => {
        vbd.dash.setPlotlyPromise(undefined); // the next graph loads the copy that Dash serves
        reject(new Error("Plotly could not be loaded: is the server still there?"));
      };
      document.head.append(script);
    });
  }

  function loadWhenIdle() {
    if (document.body.dataset.state !== "ready") return setTimeout(loadWhenIdle, 100);
    return (window.requestIdleCallback || setTimeout)(load);
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (window.location.pathname === vbd.url("explore")) loadWhenIdle();
    else load();
  });
})();
