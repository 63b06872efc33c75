/** Says in a sentence what a figure shows, from its numbers, for those who do not see it. */
window.vbd ??= /** @type {Vbd} */ ({});
(() => {
  const MOST = 12; // traces that are named with their values
  const SETTLED = 800; // ms after the last draw
  const DIGITS = 3;

  /** @param {number} value */
  const short = (value) => String(Number(value.toPrecision(DIGITS)));

  /** A place on an axis, to a tenth. @param {number} value */
  const place = (value) => String(Math.round(value * 10) / 10);

  /** @param {any[]} values @returns {string} */
  function extent(values) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of values.flat()) {
      if (typeof value !== "number" || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low > high) return "";
    return low === high ? short(low) : `${short(low)} to ${short(high)}`;
  }

  /** The title of a trace's axis, or the unit of its row of the timeline. */
  /** @param {PlotlyElement} plot @param {string} [axis] */
  function unitOf(plot, axis = "y") {
    const row = plot.layout.meta?.rows?.[Number(axis.slice(1)) - 2];
    return row?.unit ?? vbd.traces.axisTitle(plot, "y", axis);
  }

  /** The heights of the points between the ends of the axis: lines go on beside it. */
  /** @param {PlotlyElement} plot @param {PlotlyTrace} trace */
  function inSight(plot, trace) {
    const x = vbd.traces.decoded(trace.x);
    const range = /** @type {number[]} */ ([plot.layout.xaxis?.range ?? []].flat());
    const [low, high] = range.toSorted((a, b) => a - b);
    const isOutside = (/** @type {unknown} */ at) =>
      typeof at === "number" && typeof low === "number" && (at < low || at > high);
    return vbd.traces.decoded(trace.y).filter((_, i) => !isOutside(x[i]));
  }

  /** @param {PlotlyElement} plot @param {PlotlyTrace} trace */
  function told(plot, trace) {
    const { plain, decoded } = vbd.traces;
    const name = plain(trace.name).replaceAll("_", " ");
    const values = extent(trace.z ? decoded(trace.z) : inSight(plot, trace));
    const unit = trace.z ? "" : unitOf(plot, trace.yaxis);
    const isLine =
      trace.z || /lines/.test(trace.mode ?? "lines") || (unit && trace.mode !== "none");
    if (!name || !values || !isLine) return { name, text: "" };
    return { name, text: `${name} ${values}${unit && unit !== name ? ` (${unit})` : ""}` };
  }

  /** @param {PlotlyElement} plot */
  function axisText(plot) {
    const title = vbd.traces.axisTitle(plot, "x");
    const range = /** @type {unknown[]} */ (plot.layout.xaxis?.range ?? []).map(Number);
    return title && range.every(Number.isFinite)
      ? `${title}: ${range.map(place).join(" to ")}.`
      : "";
  }

  vbd.sentence = (plot) => {
    const all = vbd.traces.shown(plot).map((trace) => told(plot, trace));
    const values = all.flatMap(({ text }) => text || []);
    const marks = [...new Set(all.flatMap(({ name, text }) => (name && !text ? [name] : [])))];
    const more = values.length > MOST ? ` and ${values.length - MOST} more` : "";
    return [
      axisText(plot),
      values.length ? `${values.slice(0, MOST).join("; ")}${more}.` : "",
      marks.length ? `Marked: ${marks.slice(0, MOST).join(", ")}.` : "",
    ]
      .filter(Boolean)
      .join(" ");
  };

  /** Name a figure by its panel and sentence, now and after every draw. */
  vbd.describe = (figure) => {
    const plot = /** @type {PlotlyElement} */ (figure);
    const panel = plot.closest("section[aria-label]")?.getAttribute("aria-label");
    const name = `Figure: ${panel ?? document.title}`;
    let timer = 0;
    function say() {
      if (plot.isConnected && plot.data)
        plot.setAttribute("aria-label", `${name}. ${vbd.sentence(plot)}`.trim());
    }
    plot.setAttribute("role", "img");
    if (plot.closest(".panel")) plot.tabIndex = 0; // Enter opens its numbers
    plot.setAttribute("aria-label", name);
    plot.on?.("plotly_afterplot", () => {
      clearTimeout(timer);
      timer = window.setTimeout(say, SETTLED);
    });
    timer = window.setTimeout(say, SETTLED);
  };
})();
