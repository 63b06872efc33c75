/** The numbers of a panel as series of points, which are walked and heard (assets/panels/listen.js). */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  const TIMES = ["time", "offset", "time_from_change", "x"];
  const NAMES = ["row", "group", "what", "cell", "trace"];
  const NOT_DRAWN = new Set([...TIMES, "stop", "n", "event_time", "low", "high", "trials_id"]);

  /** @param {VbdTableValue | undefined} value */
  const number = (value) => (value === null || value === "" ? Number.NaN : Number(value));

  /** @typedef {Record<string, VbdTableValue[]>} Values */

  /** What is on the vertical axis: a value, the row of a trial, or 0 for what is only marked. */
  /** @param {Values} of @param {number} i */
  function height(of, i) {
    if (of.what) return number(of.row[i]);
    return number((of.value ?? of.y)?.[i] ?? "");
  }

  /** @param {Values} of @param {number} i */
  function words(of, i) {
    if (of.what) return `trial ${of.trials_id[i]}, ${of.outcome[i]}, ${of.what[i]}`;
    return of.name?.[i] ? String(of.name[i]) : "";
  }

  /** @param {Values} of @param {number} i @param {VbdTableValue} time */
  function point(of, i, time) {
    const [x, y, label] = [number(time), height(of, i), words(of, i)];
    const isDrawn = Number.isFinite(x) && (Number.isFinite(y) || label);
    if (!isDrawn || (of.shows && of.shows[i] !== "mean")) return null;
    return { x, y: Number.isFinite(y) ? y : 0, ...(label && { label }) };
  }

  /** Tables with a row per point. @param {Values} of @param {VbdTableValue[]} x */
  function long(of, x) {
    const names = NAMES.filter((name) => of[name] && !(of.what && name === "row"));
    /** @type {VbdSeries} */
    const found = {};
    for (const [i, time] of x.entries()) {
      const one = point(of, i, time);
      if (!one) continue;
      const name = names.flatMap((each) => String(of[each][i] ?? "") || []).join(" ") || "values";
      found[name] ??= [];
      found[name].push(one);
    }
    return found;
  }

  /** Tables with a column per line. @param {Values} of @param {VbdTableValue[]} x */
  function wide(of, x) {
    const lines = Object.entries(of).map(([name, values]) => [
      name,
      values.flatMap((value, i) => {
        const [at, y] = [number(x[i]), number(value)];
        return Number.isFinite(at) && Number.isFinite(y) ? [{ x: at, y }] : [];
      }),
    ]);
    const drawn = lines.filter(
      ([name, points]) => !NOT_DRAWN.has(String(name)) && points.length > 1,
    );
    return /** @type {VbdSeries} */ (Object.fromEntries(drawn));
  }

  vbd.panels.series = ({ columns }) => {
    /** @type {Values} */
    const of = Object.fromEntries(columns.map(({ name, values }) => [name, values]));
    const x = TIMES.map((name) => of[name]).find(Boolean);
    if (!x) return {};
    const series = of.value || of.y || of.what ? long(of, x) : wide(of, x);
    for (const points of Object.values(series)) points.sort((a, b) => a.x - b.x);
    return series;
  };
})();
