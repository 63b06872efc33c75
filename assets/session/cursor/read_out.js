/** The read-out: the session's values at the cursor as text, and the picture of the image shown. */
(() => {
  const DAMAGED = "cannot be read";

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

  /** @param {VbdMoment["trial"]} trial */
  function trialItem(trial) {
    const outcome = trial && (vbd.vocabulary.outcomes[trial.outcome]?.label ?? "");
    return item("trial", trial ? `${trial.trials_id} ${outcome}` : "–");
  }

  /** @param {VbdMoment} moment */
  function pupilItem({ eye, pupil_area }) {
    return item("pupil", eye?.likely_blink ? "blink" : vbd.decimals(pupil_area, 0), "px²");
  }

  /** @param {NonNullable<VbdMoment["cell"]>} cell */
  function cellItem({ id, value, activity, unreadable }) {
    const name = `cell ${id}`;
    if (unreadable) return item(name, DAMAGED);
    return item(name, vbd.decimals(value, 3), vbd.vocabulary.traces[activity]);
  }

  /** @param {VbdMoment} moment */
  function items(moment) {
    /** @param {string} part @param {string} name @param {HTMLElement} shown */
    const known = (part, name, shown) =>
      moment.unreadable.includes(part) ? item(name, DAMAGED) : shown;
    const always = [
      item("t", vbd.decimals(moment.time, 2), "s"),
      known("image", "image", imageItem(moment.image)),
      known("trial", "trial", trialItem(moment.trial)),
      known(
        "running_speed",
        "running",
        item("running", vbd.decimals(moment.running_speed, 1), "cm/s"),
      ),
      known("pupil_area", "pupil", pupilItem(moment)),
    ];
    return moment.cell ? [...always, cellItem(moment.cell)] : always;
  }

  document.addEventListener("vbd:moment", ({ detail }) => {
    document.getElementById("readout")?.replaceChildren(...items(detail));
  });
})();
