/** The read-out: the session's values at the cursor in words, and the picture of the image shown. */
(() => {
  /** @type {Record<string, string>} */
  const OUTCOMES = {
    hit: "hit",
    miss: "miss",
    false_alarm: "false alarm",
    correct_reject: "correct reject",
    aborted: "aborted",
    auto_rewarded: "auto-rewarded",
  };

  /**
   * @param {string} name
   * @param {string} value
   * @param {string} [unit]
   */
  function item(name, value, unit = "") {
    return `<span class="readout-item"><b>${name}</b> ${value}${unit && ` <i>${unit}</i>`}</span>`;
  }

  /** @param {string} image */
  function picture(image) {
    const { images, pictures } = vbd.stores.events ?? { images: [], pictures: "" };
    if (!images.includes(image)) return "";
    return `<img src="${pictures}/template-${image}-warped.png?width=160" alt="${image}">`;
  }

  /** @param {string | null} image */
  function imageItem(image) {
    const shown = image ? `<span class="stimulus-picture">${picture(image)}</span>` : "";
    const name = `<b>image</b> ${image || "gray"}`;
    const classes = "readout-item stimulus-name";
    return `<span class="${classes}" data-image="${image || ""}">${name}${shown}</span>`;
  }

  /** @param {VbdMoment} moment */
  function items({ time, trial, image, running_speed, pupil_area, eye, cell }) {
    const pupil = eye?.likely_blink ? "blink" : vbd.decimals(pupil_area, 0);
    const always = [
      item("t", vbd.decimals(time, 2), "s"),
      imageItem(image),
      item("trial", trial ? `${trial.trials_id} ${OUTCOMES[trial.outcome] || ""}` : "–"),
      item("running", vbd.decimals(running_speed, 1), "cm/s"),
      item("pupil", pupil, "px²"),
    ];
    if (!cell) return always;
    const unit = cell.activity === "dff" ? "dF/F" : cell.activity;
    return [...always, item(`cell ${cell.id}`, vbd.decimals(cell.value, 3), unit)];
  }

  document.addEventListener("vbd:moment", ({ detail }) => {
    const box = document.getElementById("readout");
    if (box) box.innerHTML = items(detail).join("");
  });
})();
