/**
 * Loads Plotly before a graph asks for it: at once on a page with graphs, otherwise as soon as the
 * page has been drawn. It is Plotly's own bundle without maps and 3D, which is there in half the
 * time. Dash waits for what `window.Plotly` promises.
 */
(() => {
  const url = new URL("../vendor/plotly-cartesian.min.js", document.currentScript.src).href;

  function load() {
    if (window.Plotly) return;
    window.Plotly = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      Object.assign(script, { src: url, async: true, onload: resolve });
      script.onerror = () => {
        delete window.Plotly; // so that the next graph tries again
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
    window._dashPlotlyJSURL = url;
    if (window.location.pathname === "/") loadWhenIdle();
    else load();
  });
})();
