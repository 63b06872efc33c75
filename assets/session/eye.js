/**
 * Eye panel: draws the three ellipses of the moment at the cursor and says what they are.
 */
(() => {
  const POINTS = 73;
  const PARTS = ["eye", "pupil", "cr"];
  const number = (value, digits) =>
    value.toLocaleString("en-GB", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });

  /** Outline of an ellipse in camera pixels (y down); phi runs from x toward y. */
  function ellipse({ center_x, center_y, width, height, phi }) {
    if ([center_x, center_y, width, height, phi].some((value) => value === null))
      return { x: [], y: [] };
    const turns = Array.from({ length: POINTS }, (_, i) => (2 * Math.PI * i) / (POINTS - 1));
    return {
      x: turns.map(
        (t) =>
          center_x + width * Math.cos(t) * Math.cos(phi) - height * Math.sin(t) * Math.sin(phi),
      ),
      y: turns.map(
        (t) =>
          center_y + width * Math.cos(t) * Math.sin(phi) + height * Math.sin(t) * Math.cos(phi),
      ),
    };
  }

  function words(eye, time) {
    if (!eye) return `no camera frame at ${number(time, 2)} s`;
    const state = eye.likely_blink ? "likely blink: no pupil" : "no blink";
    return `frame ${number(eye.frame, 0)} at ${number(time, 2)} s, ${state}`;
  }

  document.addEventListener("vbd:moment", ({ detail: { time, eye } }) => {
    const plot = vbd.plotly.plot(document.getElementById("eye-graph"));
    if (!plot) return;
    const outlines = PARTS.map((part) => (eye ? ellipse(eye[part]) : { x: [], y: [] }));
    const places = PARTS.map((part) => plot.data.findIndex((trace) => trace.meta === part));
    const arrays = { x: outlines.map(({ x }) => x), y: outlines.map(({ y }) => y) };
    window.Plotly.restyle(plot, arrays, places);
    document.getElementById("eye-readout").textContent = words(eye, time);
  });
})();
