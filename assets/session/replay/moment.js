/** Replay: what a block says of a moment. Pure: without page or server. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.replay ??= /** @type {VbdReplay} */ ({});
(() => {
  const NEAR = 0.1; // s, within which a sample counts, as in `GET /moment`
  const SAME = 1e-3; // s
  const ELLIPSES = 15; // values of a camera frame

  /**
   * The index of the last time that is not after `t`; -1 if there is none. Times ascend.
   * @param {ArrayLike<number>} times
   * @param {number} t
   */
  function last(times, t) {
    let [low, high] = [0, times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] <= t) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The index of the time nearest to `t`; -1 if none is near. @param {ArrayLike<number>} times @param {number} t */
  function nearest(times, t) {
    const before = last(times, t);
    const after = before + 1 < times.length ? before + 1 : before;
    const best = before < 0 || times[after] - t < t - times[before] ? after : before;
    return times.length && Math.abs(times[best] - t) <= NEAR ? best : -1;
  }

  /** @param {VbdBlock} block @param {number} t */
  function shown({ presentations }, t) {
    const i = presentations ? last(presentations.start, t) : -1;
    if (!presentations || i < 0 || !(t <= presentations.stop[i]))
      return { image: null, isChange: false, isShamChange: false };
    return {
      image: presentations.name[i],
      isChange: presentations.is_change[i] > 0,
      isShamChange: presentations.is_sham_change[i] > 0,
    };
  }

  /** @param {VbdBlock} block @param {number} t @param {number} trialsStop */
  function trial({ trials }, t, trialsStop) {
    const i = trials ? last(trials.start, t) : -1;
    if (!trials || i < 0 || t >= trialsStop) return null;
    return { id: trials.id[i], outcome: trials.outcome[i], isKnown: t >= trials.known[i] };
  }

  /** How long ago the last of some times was, s. @param {VbdTimes | null} marks @param {number} t */
  function ago(marks, t) {
    const i = marks ? last(marks.time, t) : -1;
    return marks && i >= 0 ? t - marks.time[i] : null;
  }

  /** @param {VbdBlock} block @param {number} t */
  function speed({ running }, t) {
    const i = running ? nearest(running.time, t) : -1;
    return running && i >= 0 && Number.isFinite(running.value[i]) ? running.value[i] : null;
  }

  /** @param {VbdBlock} block @param {number} t */
  function pupil({ eye }, t) {
    const i = eye ? nearest(eye.time, t) : -1;
    if (!eye || i < 0) return null;
    const ellipses = eye.ellipses.subarray(i * ELLIPSES, (i + 1) * ELLIPSES);
    return { frame: eye.frame[i], isBlink: eye.blink[i] > 0, area: eye.area[i], ellipses };
  }

  vbd.replay.nearest = nearest;
  vbd.replay.moment = (block, time, trialsStop) => {
    const { rewards } = block;
    const given = rewards ? last(rewards.time, time) : -1;
    return {
      time,
      ...shown(block, time),
      trial: trial(block, time, trialsStop),
      lick: ago(block.licks, time),
      water: ago(rewards, time),
      isFree: rewards !== null && given >= 0 && rewards.free[given] > 0,
      running: speed(block, time),
      eye: pupil(block, time),
      unreadable: block.unreadable,
    };
  };

  vbd.replay.flash = ({ presentations }, time, isForward) => {
    const starts = [...(presentations?.start ?? [])];
    return isForward
      ? starts.find((start) => start > time + SAME)
      : starts.findLast((start) => start < time - SAME);
  };
})();
