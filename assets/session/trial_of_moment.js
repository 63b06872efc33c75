/**
 * Finds the trial at a time, by the rule of `data_layer/derived/trial_of_moment.py`; the cases in
 * `tests/cases/trial_of_moment.json` test both.
 */
window.vbd ??= /** @type {Vbd} */ ({});

/**
 * The index of the trial at a time, -1 outside the trials.
 * @param {number[]} firstMoments the first moment of each trial in steps of 0.1 ms, ascending (s)
 * @param {number} lastStop when the last trial ends (s)
 * @param {number} time s
 */
vbd.trialOfMoment = (firstMoments, lastStop, time) =>
  time < lastStop ? firstMoments.findLastIndex((first) => first <= time) : -1;
