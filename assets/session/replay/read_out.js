/** Replay: tells the read-out and the eye panel what the replay shows, without the server. */
vbd.replay ??= /** @type {VbdReplay} */ ({});
(() => {
  const EVERY = 100; // ms
  /** The values of the read-out by the part of a block @type {Record<string, string[]>} */
  const VALUES = {
    presentations: ["image"],
    trials: ["trial"],
    running: ["running_speed"],
    eye: ["eye", "pupil_area"],
  };
  let told = 0; // when, ms

  /** @param {NonNullable<VbdReplayMoment["eye"]>} eye @returns {VbdEye} */
  function ellipses({ frame, isBlink, ellipses: values }) {
    const known = (/** @type {number} */ i) => (Number.isFinite(values[i]) ? values[i] : null);
    const of = (/** @type {number} */ i) => ({
      center_x: known(i),
      center_y: known(i + 1),
      width: known(i + 2),
      height: known(i + 3),
      phi: known(i + 4),
    });
    return { frame, likely_blink: isBlink, pupil: of(0), eye: of(5), cr: of(10) };
  }

  vbd.replay.tell = (block, { time, image, trial, running, eye }, now) => {
    if (now - told < EVERY) return;
    told = now;
    vbd.view.emit("moment", {
      time,
      image,
      trial: trial && { trials_id: trial.id, outcome: trial.outcome },
      running_speed: running,
      pupil_area: eye && Number.isFinite(eye.area) ? eye.area : null,
      eye: eye && ellipses(eye),
      unreadable: block.unreadable.flatMap((part) => VALUES[part] ?? []),
    });
  };
})();
