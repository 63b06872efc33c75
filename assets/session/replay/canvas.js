/** Replay: canvases as sharp as the screen, and texts that change only when they differ. */
vbd.replay ??= /** @type {VbdReplay} */ ({});
vbd.replay.canvas = (canvas, shape) => {
  const { clientWidth, clientHeight } = canvas;
  const [width, height] = [clientWidth, clientHeight].map((n) => Math.round(n * devicePixelRatio));
  if (!width || !height) return null;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  const across = shape ?? { width: clientWidth, height: clientHeight };
  const scale = Math.min(width / across.width, height / across.height);
  const [left, top] = [(width - scale * across.width) / 2, (height - scale * across.height) / 2];
  context?.setTransform(1, 0, 0, 1, 0, 0);
  context?.clearRect(0, 0, width, height);
  context?.setTransform(scale, 0, 0, scale, left, top);
  return context;
};

vbd.replay.write = (id, text) => {
  const box = document.getElementById(id);
  if (box && box.textContent !== text) box.textContent = text;
};
