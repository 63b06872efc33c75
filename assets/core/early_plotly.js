/**
 * Loads Plotly before a graph asks for it: at once on a page with graphs, otherwise as soon as the
 * page has been drawn. It is Plotly's own bundle without maps and 3D, which is there in half the
 * time. Dash waits for what `window.Plotly` promises.
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
    if (window.location.pathname === "/") loadWhenIdle();
    else load();
  });
})();
