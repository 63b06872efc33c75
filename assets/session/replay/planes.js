/** Replay: the planes with every cell as bright as its activity, and the scale. */
vbd.replay ??= /** @type {VbdReplay} */ ({});
(() => {
  const TOP = 255;
  const DARKEST = 0.04; // below it nothing would be seen
  /** @type {Map<number, {canvas: HTMLCanvasElement, scale: HTMLElement, shapes: Path2D[]}>} */
  const planes = new Map();

  /** @param {VbdReplayFacts["planes"][number]} plane */
  function figure(plane) {
    const canvas = vbd.element("canvas", {});
    const scale = vbd.element("span", { className: "replay-scale" });
    scale.style.setProperty("--active-cell", vbd.vocabulary.colors.activeRoi);
    const picture = vbd.element("img", { src: plane.picture, alt: "" });
    const field = vbd.element("div", { className: "replay-field" }, picture, canvas);
    const words = vbd.element("figcaption", {}, `${plane.name} `, scale);
    const shapes = plane.cells.map(({ path }) => new Path2D(path));
    planes.set(plane.experiment, { canvas, scale, shapes });
    return vbd.element("figure", { className: "replay-plane" }, words, field);
  }

  /** @param {VbdBlockPlane} plane @param {VbdReplayFacts["planes"][number]} facts @param {number} t */
  function paint(plane, facts, t) {
    const drawn = planes.get(plane.experiment);
    if (!drawn) return;
    const { canvas, scale, shapes } = drawn;
    const words = plane.problem ?? `0 to ${vbd.decimals(plane.top, 2)} ${plane.unit}`;
    if (scale.textContent !== words) scale.textContent = words;
    const frame = plane.problem ? -1 : vbd.replay.nearest(plane.time, t);
    const selected = vbd.cells.selected();
    const { clientWidth, clientHeight } = canvas;
    const key = [plane.time?.[frame], plane.top, selected, clientWidth, clientHeight].join();
    if (canvas.dataset.painted === key) return;
    const context = vbd.replay.canvas(canvas, facts);
    if (!context) return;
    canvas.dataset.painted = key;
    if (frame >= 0) fill(context, shapes, plane.level.subarray(frame * shapes.length)); // else no imaging
    const chosen = shapes.filter((_, i) => selected.includes(facts.cells[i].name));
    outline(context, chosen);
  }

  /** @param {CanvasRenderingContext2D} context @param {Path2D[]} shapes @param {Uint8Array} levels */
  function fill(context, shapes, levels) {
    context.fillStyle = vbd.vocabulary.colors.activeRoi;
    shapes.forEach((shape, i) => {
      const part = (levels[i] - 1) / (TOP - 1);
      if (part < DARKEST) return;
      context.globalAlpha = part;
      context.fill(shape, "evenodd");
    });
    context.globalAlpha = 1;
  }

  /** @param {CanvasRenderingContext2D} context @param {Path2D[]} shapes */
  function outline(context, shapes) {
    context.strokeStyle = vbd.vocabulary.colors.selectedRoi;
    context.lineWidth = 2;
    for (const shape of shapes) context.stroke(shape);
  }

  vbd.replay.planes = {
    load() {
      planes.clear();
      const { facts } = vbd.replay;
      const problems = (facts?.problems ?? []).map((text) => vbd.element("p", {}, text));
      const figures = (facts?.planes ?? []).map(figure);
      const box = document.getElementById("replay-planes");
      box?.parentElement?.toggleAttribute("data-several", figures.length > 1);
      box?.style.setProperty("--columns", String(Math.ceil(Math.sqrt(figures.length || 1))));
      box?.replaceChildren(...figures, ...problems);
    },
    draw(block, time) {
      for (const plane of block.planes) {
        const facts = vbd.replay.facts?.planes.find((one) => one.experiment === plane.experiment);
        if (facts) paint(plane, facts, time);
      }
    },
  };
})();
