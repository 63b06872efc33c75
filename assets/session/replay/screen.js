/** Replay: the monitor as the mouse saw it, what is on it in words, and the outcome of the trial. */
vbd.replay ??= /** @type {VbdReplay} */ ({});
(() => {
  const OMITTED = "omitted"; // data_layer/store/presentations.py
  const SHAPE = { width: 16, height: 10 }; // the monitor's
  /** @type {Map<string, HTMLImageElement>} */
  const images = new Map();

  const byId = (/** @type {string} */ id) => document.getElementById(id);
  const side = () => String(vbd.options.get()["replay-side"]);

  /** @param {string | null} name */
  function picture(name) {
    const src = vbd.replay.facts?.pictures[name ?? ""]?.[side()];
    if (!src) return null;
    const known = images.get(src);
    if (known) return known;
    const image = vbd.element("img", { src });
    image.addEventListener("load", vbd.replay.redraw);
    images.set(src, image);
    return image;
  }

  /** @param {VbdReplayMoment} moment */
  function words({ image, isChange, isShamChange }) {
    if (image === null) return "gray, between flashes";
    if (image === OMITTED) return "omission: the flash was left out";
    if (isChange) return `${image}: the image changes`;
    return isShamChange ? `${image}: a catch trial, the image stays` : image;
  }

  /** @param {VbdReplayMoment["trial"]} trial */
  function outcome(trial) {
    if (!trial) return "";
    const { label, symbol } = vbd.vocabulary.outcomes[trial.outcome] ?? {};
    if (!trial.isKnown || !label) return "";
    return `${symbol} ${label}: ${vbd.replay.facts?.outcomes[trial.outcome] ?? ""}`;
  }

  /** @param {HTMLCanvasElement} canvas @param {string | null} name */
  function paint(canvas, name) {
    const image = picture(name);
    const key = [name, side(), image?.complete, canvas.clientWidth, canvas.clientHeight].join();
    if (canvas.dataset.painted === key) return;
    const context = vbd.replay.canvas(canvas, SHAPE);
    if (!context) return;
    context.fillStyle = vbd.vocabulary.colors.screen;
    context.fillRect(0, 0, SHAPE.width, SHAPE.height);
    if (image?.complete) context.drawImage(image, 0, 0, SHAPE.width, SHAPE.height);
    Object.assign(canvas.dataset, { painted: key, image: name ?? "" });
  }

  vbd.replay.screen = {
    load() {
      images.clear();
      for (const name of Object.keys(vbd.replay.facts?.pictures ?? {})) picture(name);
    },
    draw(moment) {
      const canvas = /** @type {HTMLCanvasElement | null} */ (byId("replay-screen"));
      if (!canvas) return;
      paint(canvas, moment.image);
      const isChange = moment.image !== null && moment.isChange;
      canvas.parentElement?.toggleAttribute("data-change", isChange);
      vbd.replay.write("replay-shown", words(moment));
      const box = byId("replay-outcome");
      vbd.replay.write("replay-outcome", outcome(moment.trial));
      if (box) box.dataset.outcome = moment.trial?.isKnown ? moment.trial.outcome : "";
    },
  };
})();
