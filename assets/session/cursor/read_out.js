/** The read-out: the session's values at the cursor as text, and the picture of the image shown. */
(() => {
  /**
   * @param {string} name
   * @param {string} value
   * @param {string} [unit]
   */
  function item(name, value, unit = "") {
    const parts = [vbd.element("b", {}, name), ` ${value}`];
    if (unit) parts.push(" ", vbd.element("i", {}, unit));
    return vbd.element("span", { className: "readout-item" }, ...parts);
  }

  /** @param {string} image */
  function picture(image) {
    const { images = [], file } = vbd.stores.landmarks ?? {};
    if (!file || !images.includes(image)) return "";
    const src = vbd.url("image", { ...file, image, side: "warped", width: 160 });
    return vbd.element("img", { src, alt: image });
  }

  /** @param {string} name */
  const damaged = (name) => item(name, "cannot be read");

  /** @param {string | null} image */
  function imageItem(image) {
    const shown = image
      ? vbd.element("span", { className: "stimulus-picture" }, picture(image))
      : "";
    const name = vbd.element("b", {}, "image");
    const classes = "readout-item stimulus-name";
    const span = vbd.element("span", { className: classes }, name, ` ${image || "gray"}`, shown);
    span.dataset.image = image || "";
    return span;
  }

  /** @param {VbdMoment} moment */
  function items({ time, trial, image, running_speed, pupil_area, eye, cell, unreadable }) {
    const lost = new Set(unreadable);
    const pupil = eye?.likely_blink ? "blink" : vbd.decimals(pupil_area, 0);
    const outcome = trial && (vbd.vocabulary.outcomes[trial.outcome]?.label ?? "");
    const always = [
      item("t", vbd.decimals(time, 2), "s"),
      lost.has("image") ? damaged("image") : imageItem(image),
      lost.has("trial")
        ? damaged("trial")
        : item("trial", trial ? `${trial.trials_id} ${outcome}` : "–"),
      lost.has("running_speed")
        ? damaged("running")
        : item("running", vbd.decimals(running_speed, 1), "cm/s"),
      lost.has("pupil_area") ? damaged("pupil") : item("pupil", pupil, "px²"),
    ];
    if (!cell) return always;
    if (cell.unreadable) return [...always, damaged(`cell ${cell.id}`)];
    const unit = vbd.vocabulary.traces[cell.activity];
    return [...always, item(`cell ${cell.id}`, vbd.decimals(cell.value, 3), unit)];
  }

  document.addEventListener("vbd:moment", ({ detail }) => {
    document.getElementById("readout")?.replaceChildren(...items(detail));
  });
})();
