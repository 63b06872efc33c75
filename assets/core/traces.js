/** Reads the traces of figures: their words, arrays and the titles of their axes. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  /** The arrays that Plotly encodes as base64, by the names of their types. */
  const TYPES = {
    f8: Float64Array,
    f4: Float32Array,
    i4: Int32Array,
    u4: Uint32Array,
    i2: Int16Array,
    u2: Uint16Array,
    i1: Int8Array,
    u1: Uint8Array,
  };

  /** @param {unknown} text */
  const plain = (text) =>
    String(text ?? "")
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ")
      .trim();

  /** @type {VbdTraces["typed"]} */
  function typed({ dtype, bdata }) {
    const bytes = Uint8Array.from(atob(bdata), (letter) => letter.charCodeAt(0));
    return new TYPES[/** @type {keyof typeof TYPES} */ (dtype)](bytes.buffer);
  }

  /** The values of an array of a trace; encoded ones are decoded. @param {any} given @returns {any[]} */
  function decoded(given) {
    if (given?.bdata === undefined) return given ? [...given] : [];
    const values = [...typed(given)];
    const [count, width] = String(given.shape ?? "")
      .split(",")
      .map(Number);
    if (!width) return values;
    return Array.from({ length: count }, (_, i) => values.slice(i * width, (i + 1) * width));
  }

  /** @param {PlotlyElement} plot @param {string} letter @param {string} [axis] */
  function axisTitle(plot, letter, axis = letter) {
    const named = plot.layout[`${letter}axis${axis.slice(1)}`]?.title;
    return plain(named?.text ?? (typeof named === "string" ? named : ""));
  }

  /** @param {PlotlyElement} plot */
  const shown = (plot) =>
    plot.data.filter(({ visible }) => visible !== false && visible !== "legendonly");

  vbd.traces = { plain, typed, decoded, axisTitle, shown };
})();
