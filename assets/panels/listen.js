/**
 * The dialog in which a panel's numbers are walked by keys, read out and heard as tones. Chart2Music
 * does it; it is loaded when somebody asks for it.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  const SCRIPT = "assets/vendor/chart2music.js";
  const KEYS =
    "Left and right arrow: the point before and after. Page up and down: another line. " +
    "Home and End: the first and last point. Space: hear it again. Shift and End: hear the rest. " +
    "H: all keys. Esc: close.";
  /** @param {number} value */
  const format = (value) => String(Number(value.toPrecision(4)));
  /** @type {Promise<void> | null} */
  let loading = null;

  function load() {
    loading ??= new Promise((resolve, reject) => {
      const src = `${vbd.url("explore")}${SCRIPT}`;
      const script = vbd.element("script", { src, async: true });
      script.onload = () => resolve();
      script.onerror = () => {
        loading = null;
        reject(new Error("the sounds could not be loaded: is the server still there?"));
      };
      document.head.append(script);
    });
    return loading;
  }

  /** @param {VbdNumbers} numbers @param {VbdSeries} data */
  function start({ title, columns }, data) {
    const unit = (/** @type {string[]} */ names) =>
      columns.find(({ name, unit }) => unit && names.includes(name))?.unit ?? "";
    const chart = vbd.element("div", { className: "listen-chart", tabIndex: 0 }, title);
    const told = vbd.element("div", { className: "listen-told", "aria-live": "assertive" });
    vbd.panels
      .dialog("listen", `${title}, to hear`, [vbd.element("p", {}, KEYS), chart, told])
      .addEventListener("keydown", (event) => event.stopPropagation()); // no shortcut of the page
    const { err } = window.c2mChart({
      title,
      type: Object.values(data).map((points) => (points[0]?.label ? "scatter" : "line")),
      data,
      element: chart,
      cc: told,
      axes: {
        x: { label: `time (${unit(["time", "offset", "time_from_change"]) || "s"})`, format },
        y: { label: unit(["value"]) || "value", format },
      },
    });
    if (err) throw new Error(err);
    chart.blur(); // the dialog gave it the focus before there was something to say
    chart.focus();
  }

  vbd.panels.listen = async (panel) => {
    const [numbers] = await Promise.all([vbd.panels.numbers(panel), load()]);
    const data = vbd.panels.series(numbers);
    if (!Object.keys(data).length) throw new Error("this panel shows no points now.");
    start(numbers, data);
  };
})();
