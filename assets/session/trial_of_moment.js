/**
 * The trial of a moment, by the rule of `data_layer/derived/trial_of_moment.py`; both are tested
 * with `tests/cases/trial_of_moment.json`.
 */
window.vbd = window.vbd || {};

/**
 * The index of the trial of a time, -1 outside the trials.
 * @param {number[]} firstMoments the first moment of each trial in steps of 0.1 ms, ascending (s)
 * @param {number} lastStop when the last trial ends (s)
 * @param {number} time s
 */
vbd.trialOfMoment = (firstMoments, lastStop, time) =>
  time < lastStop ? firstMoments.findLastIndex((first) => first <= time) : -1;
