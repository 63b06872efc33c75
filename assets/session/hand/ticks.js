/** The numbers of a time axis, as Plotly chooses and writes them. Pure. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const MOST = 10; // as `nticks` of the timeline's axis
  const STEPS = [1, 2, 5, 10];
  const NEARLY = 1e-9; // of a step, for the rounding of floats

  /** @type {Map<number, (value: number) => string>} */
  const formats = new Map();

  /** @param {number} roughly */
  function step(roughly) {
    const power = 10 ** Math.floor(Math.log10(roughly) + NEARLY);
    return power * (STEPS.find((part) => roughly / power <= part + NEARLY) ?? 10);
  }

  /** How numbers are written; made once, which takes longer than writing. @param {number} digits */
  function formatOf(digits) {
    const found = formats.get(digits);
    if (found) return found;
    const { format } = new Intl.NumberFormat("en-US", { maximumFractionDigits: digits });
    formats.set(digits, format);
    return format;
  }

  vbd.ticks = ({ start, stop }) => {
    const every = step((stop - start) / MOST);
    const [first, last] = [Math.ceil(start / every - NEARLY), Math.floor(stop / every + NEARLY)];
    const digits = Math.max(0, -Math.floor(Math.log10(every) + NEARLY));
    const format = formatOf(digits);
    return Array.from({ length: last - first + 1 }, (_, i) => {
      const time = (first + i) * every;
      return { time, text: format(time).replace("-", "−") };
    });
  };
})();
