/**
 * Turns a part of a figure into what a theme makes of it: colours by the theme's table, sizes of type
 * and the space for it, strokes. Numbers of the data are handed on as they are. Pure: without page.
 */
(() => {
  const COLOR = /#([0-9a-f]{6})([0-9a-f]{2})?\b|rgba?\((\d+), ?(\d+), ?(\d+)/gi;
  /** Numbers, paths and words of the data: there are no colours in them, and they can be long. */
  const DATA = /^(x|y|z|x0|y0|base|ids|meta|source|path|customdata|bdata)$/;
  const TYPE = /font$/i;
  const SPACE = /^(margin|l|r|t|b|standoff|[xy]shift|ticklen|a[xy])$/;
  const STROKE = /^(line|grid|zeroline|tick)width$/;

  /** @param {string} hex `#rrggbb` */
  const parts = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join();

  /** @param {string[]} numbers red, green and blue */
  const hexOf = (numbers) =>
    `#${numbers.map((one) => Number(one).toString(16).padStart(2, "0")).join("")}`;

  /** @param {string} text @param {VbdThemes.Change} change */
  function recolored(text, { colors }) {
    if (!colors.size || !/#|rgb/.test(text)) return text;
    return text.replace(COLOR, (found, hex, opacity = "", ...rgb) => {
      const light = hex ? `#${hex.toLowerCase()}` : hexOf(rgb.slice(0, 3));
      const shown = colors.get(light);
      if (!shown) return found;
      return hex ? shown + opacity : `${found.split("(")[0]}(${parts(shown)}`;
    });
  }

  const thicker = (/** @type {number} */ size, /** @type {number} */ more) => size && size + more;

  /** @param {number} number @param {string} key @param {string} around @param {VbdThemes.Change} change */
  function resized(number, key, around, { text, lines }) {
    if (key === "size" && TYPE.test(around)) return number * text;
    if (key === "size" && around === "marker") return thicker(number, 2 * lines);
    if (SPACE.test(key) && around !== "pad" && around !== "domain") return number * text;
    if (STROKE.test(key) || (key === "width" && around === "line")) return thicker(number, lines);
    return number;
  }

  /**
   * A part of a figure, changed.
   * @param {any} value
   * @param {VbdThemes.Change} change
   * @param {string} [key] its name
   * @param {string} [around] the name of what it is a part of
   * @returns {any}
   */
  function turned(value, change, key = "", around = "") {
    if (DATA.test(key)) return value;
    if (typeof value === "string") return recolored(value, change);
    if (typeof value === "number") return resized(value, key, around, change);
    const isData = isNumbers(value, key) || change.done?.has(value);
    return isData ? value : rebuilt(value, change, key);
  }

  /** A step of a scale of colours starts with a number too; it stands in a list, without a name. */
  function isNumbers(/** @type {any} */ value, /** @type {string} */ key) {
    if (value === null || typeof value !== "object") return true;
    if (ArrayBuffer.isView(value) || "bdata" in value) return true;
    return Array.isArray(value) && typeof value[0] === "number" && key !== "";
  }

  /** @param {any} value @param {VbdThemes.Change} change @param {string} key */
  function rebuilt(value, change, key) {
    const how = value.name === "tight" ? { ...change, text: change.tight } : change;
    const made = Array.isArray(value)
      ? value.map((one) => turned(one, how, "", key))
      : Object.fromEntries(
          Object.entries(value).map(([name, one]) => [name, turned(one, how, name, key)]),
        );
    change.done?.add(made);
    return made;
  }

  /** @param {VbdThemes.Change} change @returns {VbdThemes.Change} */
  const inverse = ({ colors, text, tight, lines }) => ({
    colors: new Map([...colors].map(([light, shown]) => [shown, light])),
    text: 1 / text,
    tight: 1 / tight,
    lines: -lines,
  });

  Object.assign(vbd.themes, { turned, inverse });
})();
