/**
 * Performance panel: the time window as a band over the plots, clicks, raw rates on demand.
 */
window.vbd = window.vbd || {};
(() => {
  const graph = () => document.getElementById("performance-graph");

  function band() {
    let element = graph().querySelector(":scope > .window-band");
    if (!element) {
      element = document.createElement("div");
      element.className = "window-band";
      graph().append(element);
    }
    return element;
  }

  /** Put the band where the window is; nothing to do before the plots are drawn. */
  function place() {
    const span = vbd.time && vbd.time.window();
    const frame = graph() && vbd.axis.frame(graph());
    if (!span || !frame || !frame.width) return false;
    const [left, right] = [span.start, span.stop].map((time) => vbd.axis.pixelOf(graph(), time));
    Object.assign(band().style, {
      display: "block",
      left: `${left}px`,
      width: `${Math.max(right - left, 2)}px`,
      top: `${frame.top - frame.box.top}px`,
      height: `${frame.height}px`,
    });
    return true;
  }

  /** Plotly draws some frames after the figure has come. */
  function placeSoon(tries = 60) {
    if (!place() && tries) requestAnimationFrame(() => placeSoon(tries - 1));
  }

  document.addEventListener("vbd:window", place);
  window.addEventListener("resize", () => setTimeout(place, 150));
  document.addEventListener("click", (event) => {
    const clicked = graph() && graph().contains(event.target);
    const frame = clicked && vbd.axis.frame(graph());
    if (!frame || event.clientX < frame.left || event.clientX > frame.left + frame.width) return;
    vbd.time.centre(vbd.axis.timeAt(graph(), event.clientX));
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    performance: {
      /** Show or hide the uncorrected rates. */
      showRaw(visible, figure) {
        if (!figure || !figure.data) return window.dash_clientside.no_update;
        const data = figure.data.map((trace) =>
          trace.meta === "raw" ? { ...trace, visible } : trace,
        );
        return { ...figure, data };
      },
      drawn() {
        placeSoon();
        return window.dash_clientside.no_update;
      },
    },
  });
})();
