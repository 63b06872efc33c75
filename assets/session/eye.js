/** Eye panel: draws the three ellipses at the cursor's time and describes them in words. */
(() => {
  const POINTS = 73;
  /** @type {("eye" | "pupil" | "cr")[]} */
  const PARTS = ["eye", "pupil", "cr"];
  /** @type {Record<"x" | "y", number[]>} */
  const NOTHING = { x: [], y: [] };

  /**
   * Outline of an ellipse in camera pixels (y down); phi runs from x toward y.
   * @param {VbdEllipse} ellipse
   */
  function outline({ center_x, center_y, width, height, phi }) {
    if (center_x === null || center_y === null || width === null || height === null || phi === null)
      return NOTHING;
    const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
    const turns = Array.from({ length: POINTS }, (_, i) => (2 * Math.PI * i) / (POINTS - 1));
    return {
      x: turns.map((t) => center_x + width * Math.cos(t) * cos - height * Math.sin(t) * sin),
      y: turns.map((t) => center_y + width * Math.cos(t) * sin + height * Math.sin(t) * cos),
    };
  }

  /**
   * @param {VbdEye | null} eye
   * @param {number} time
   */
  function words(eye, time) {
    if (!eye) return `no camera frame at ${vbd.decimals(time, 2)} s`;
    const state = eye.likely_blink ? "likely blink: no pupil" : "no blink";
    return `frame ${vbd.decimals(eye.frame, 0)} at ${vbd.decimals(time, 2)} s, ${state}`;
  }

  document.addEventListener("vbd:moment", ({ detail: { time, eye } }) => {
    const plot = vbd.plotly.plot(document.getElementById("eye-graph"));
    const readOut = document.getElementById("eye-readout");
    if (!plot || !readOut) return;
    const outlines = PARTS.map((part) => (eye ? outline(eye[part]) : NOTHING));
    const indices = PARTS.map((part) => plot.data.findIndex((trace) => trace.meta === part));
    const arrays = { x: outlines.map(({ x }) => x), y: outlines.map(({ y }) => y) };
    window.Plotly.restyle(plot, arrays, indices);
    readOut.textContent = words(eye, time);
  });
})();
