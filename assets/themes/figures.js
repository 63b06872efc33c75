/**
 * Figures follow the theme. They are made in the colours of the light theme and in the usual size,
 * and what is handed to Plotly, by Dash or by a script, is turned on the way into what the theme
 * makes of it: so every figure follows, whenever it comes, and its picture is what is seen. Another
 * theme turns what is drawn back and then anew; so does a panel that fills the page, whose type is
 * larger.
 */
(() => {
  /** @typedef {(...given: any[]) => Promise<unknown>} Draw */

  const TIGHT_UP_TO = 1366; // px of the window
  const { turned } = vbd.themes;
  /** @type {WeakMap<HTMLElement, object | undefined>} */
  const configs = new WeakMap();
  /** The changes of the theme that is shown, by how much larger type is. @type {Map<number, VbdThemes.Change>} */
  const changes = new Map();
  /** The change with which each figure is drawn. @type {WeakMap<HTMLElement, VbdThemes.Change>} */
  const drawn = new WeakMap();

  /** @param {number} grown @returns {VbdThemes.Change} */
  function change(grown) {
    const { text, lines } = vbd.themes.scale();
    const { colors } = vbd.vocabulary.themes[vbd.themes.theme()];
    const tight = Math.min(text, Math.max(1, window.innerWidth / TIGHT_UP_TO));
    const sizes = { text: text * grown, tight: tight * grown, lines };
    return { ...sizes, colors: new Map(Object.entries(colors)), done: new WeakSet() };
  }

  /** The change of a figure now. @param {HTMLElement} plot */
  function changeOf(plot) {
    const grown = vbd.themes.grown(plot);
    const found = changes.get(grown) ?? change(grown);
    changes.set(grown, found);
    return found;
  }

  const isNone = (/** @type {VbdThemes.Change} */ { colors, text, lines }) =>
    !colors.size && text === 1 && lines === 0;

  /** A layout without a template has Plotly's own colours, which are those of the light theme. */
  function grounded(/** @type {any} */ layout) {
    if (layout?.template) return layout;
    const { paper, ink } = vbd.vocabulary.colors;
    const { font, ...rest } = layout ?? {};
    return { paper_bgcolor: paper, plot_bgcolor: paper, font: { color: ink, ...font }, ...rest };
  }

  /** @param {Record<string, any>} changes by paths such as `line.color` @param {VbdThemes.Change} how */
  function turnedChanges(changes, how) {
    const turn = (/** @type {string} */ path, /** @type {unknown} */ value) => {
      const [key, around = ""] = path
        .replace(/\[\d*\]/g, "")
        .split(".")
        .reverse();
      return turned(value, how, key, around);
    };
    return Object.fromEntries(
      Object.entries(changes).map(([path, value]) => [path, turn(path, value)]),
    );
  }

  /** @param {Draw} draw @returns {Draw} newPlot or react, which take a figure */
  function drawing(draw) {
    return (plot, data, layout, config, ...more) => {
      const isFigure = data && !Array.isArray(data);
      configs.set(plot, isFigure ? data.config : config);
      const now = changeOf(plot);
      drawn.set(plot, now);
      if (isNone(now)) return draw(plot, data, layout, config, ...more);
      if (!isFigure)
        return draw(plot, turned(data, now), turned(grounded(layout), now), config, ...more);
      const parts = { data: turned(data.data, now), layout: turned(grounded(data.layout), now) };
      return draw(plot, { ...data, ...parts }, layout, config, ...more);
    };
  }

  /** @param {Draw} draw @returns {Draw} relayout or restyle, which take changes */
  function changing(draw) {
    return (plot, changes, ...more) => {
      const how = drawn.get(plot) ?? changeOf(plot);
      return draw(plot, isNone(how) ? changes : turnedChanges(changes, how), ...more);
    };
  }

  /** @param {any} Plotly */
  function take(Plotly) {
    if (typeof Plotly?.react !== "function") return;
    for (const name of ["newPlot", "react"]) Plotly[name] = drawing(Plotly[name]);
    for (const name of ["relayout", "restyle"]) Plotly[name] = changing(Plotly[name]);
  }

  /** Draw a figure anew where it is to be changed in another way. @param {PlotlyElement} plot */
  function redraw(plot) {
    const before = drawn.get(plot);
    if (!plot.data || !before || before === changeOf(plot)) return;
    const back = vbd.themes.inverse(before);
    const [data, layout] = [plot.data, plot.layout].map((part) => turned(part, back));
    window.Plotly.react(plot, data, layout, configs.get(plot));
  }

  document.addEventListener("vbd:theme", () => {
    changes.clear();
    for (const plot of vbd.plotly.plots(document)) redraw(plot);
  });
  document.addEventListener("vbd:grown", ({ detail: panel }) => {
    for (const plot of vbd.plotly.plots(panel)) redraw(plot);
  });

  /** @type {any} */
  let library = window.Plotly;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => library,
    set(loaded) {
      take(loaded);
      library = loaded;
    },
  });
})();
