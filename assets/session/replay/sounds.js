/** Replay: a click for each lick and a tone for each reward, where sound is switched on. */
vbd.replay ??= /** @type {VbdReplay} */ ({});
(() => {
  const LICK = { frequency: 220, seconds: 0.02 };
  const REWARD = { frequency: 880, seconds: 0.15 };
  const VOLUME = 0.15;
  const FEWEST = 1e-3; // exponential ramps cannot reach 0
  /** @type {AudioContext | null} */
  let audio = null;

  /** @param {{frequency: number, seconds: number}} sound */
  function play({ frequency, seconds }) {
    audio ??= new AudioContext();
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const end = audio.currentTime + seconds;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(VOLUME, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(FEWEST, end);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(end);
  }

  /** @param {VbdTimes | null} marks @param {number} from @param {number} to */
  const isBetween = (marks, from, to) => marks?.time.some((time) => time > from && time <= to);

  vbd.replay.sounds = {
    play(block, from, to) {
      const choice = /** @type {HTMLInputElement | null} */ (
        document.getElementById("replay-sound")
      );
      if (!choice?.checked) return;
      const count = () => {
        choice.dataset.sounds = String(Number(choice.dataset.sounds ?? 0) + 1);
      };
      for (const [marks, sound] of /** @type {const} */ ([
        [block.licks, LICK],
        [block.rewards, REWARD],
      ]))
        if (isBetween(marks, from, to)) {
          play(sound);
          count();
        }
    },
  };
})();
