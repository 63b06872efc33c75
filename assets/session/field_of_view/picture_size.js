/**
 * Field of view: the picture at half its size while it is shown smaller than that and nobody is at
 * the panel. A plane's picture is the largest thing that a session's page loads, and noise does not
 * compress.
 */
vbd.fieldOfView ??= /** @type {VbdFieldOfView} */ ({});
(() => {
  const HALF = 0.5;
  /** @type {Set<number>} */
  const whole = new Set(); // the experiments whose pictures have been wanted at full size

  /** @param {number} experiment */
  const graphOf = (experiment) =>
    document.getElementById(`{"experiment":${experiment},"type":"fov-graph"}`);

  /** Whether half of the picture's pixels are enough for the screen's. @param {VbdField} field */
  function isSmall({ experiment, width, height }) {
    const box = graphOf(experiment)?.getBoundingClientRect();
    if (!box?.width || !box.height) return false;
    const scale = Math.min(box.width / width, box.height / height);
    return scale * window.devicePixelRatio <= HALF;
  }

  vbd.fieldOfView.sized = (field, source) => {
    if (!source || whole.has(field.experiment) || !isSmall(field)) return source;
    return `${source}?width=${Math.ceil(HALF * field.width)}`;
  };

  /** @param {PlotlyElement} plot */
  function sharpen(plot) {
    const { experiment } = plot.layout.meta;
    if (whole.has(experiment)) return;
    whole.add(experiment);
    vbd.fieldOfView.drawAgain(experiment);
  }

  /** The planes that are drawn; one that has only its empty first figure is not yet. @param {ParentNode} root */
  const fields = (root) =>
    [...root.querySelectorAll(".fov-graph")]
      .flatMap((graph) => vbd.plotly.plot(graph) ?? [])
      .filter(({ layout }) => layout.meta);

  /** Somebody is at the panel, and may zoom, maximise it or take its picture. @param {Event} event */
  function reached({ target }) {
    const panel = target instanceof Element ? target.closest("[id^='panel-']") : null;
    if (panel) fields(panel).forEach(sharpen);
  }
  for (const gesture of ["pointerover", "pointerdown", "focusin"])
    document.addEventListener(gesture, reached, { capture: true, passive: true });
  document.addEventListener("vbd:fitted", () => {
    for (const plot of fields(document)) if (!isSmall(plot.layout.meta)) sharpen(plot);
  });
})();
