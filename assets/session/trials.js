/**
 * Trials: marks the trials of the time window in raster and table; a click on a trial goes there.
 */
(() => {
  const TABLE = "trials-table";
  const OUTCOMES = "trials-outcomes";
  const MARKS = "in the time window";
  /** @type {{base: PlotlyFigure | null, rows: string}} */
  let drawn = { base: null, rows: "" };

  /**
   * @param {number} start
   * @param {number} stop
   * @param {VbdSpan} span
   */
  const overlaps = (start, stop, span) => stop >= span.start && start <= span.stop;

  /**
   * The raster with a mark at each row whose trial is in the window.
   * @param {PlotlyFigure | null} base
   * @param {VbdSpan | null} span
   */
  function compose(base, span) {
    if (!base || !span) return dash_clientside.no_update;
    /** @type {Record<"start_time" | "stop_time", number[]>} */
    const { start_time: starts, stop_time: stops } = base.layout.meta;
    const rows = starts.flatMap((start, i) => (overlaps(start, stops[i], span) ? [i] : []));
    if (drawn.base === base && drawn.rows === String(rows)) return dash_clientside.no_update;
    drawn = { base, rows: String(rows) };
    const data = base.data.map((trace) =>
      trace.name !== MARKS ? trace : { ...trace, x: rows.map(() => trace.x[0]), y: rows },
    );
    return { ...base, data };
  }

  /**
   * Move the window to the change of a clicked row of the raster.
   * @param {PlotlyClick | null} click
   */
  function clicked(click) {
    const plot = vbd.plotly.plot(document.getElementById("trials-raster"));
    if (click && plot) vbd.time.centre(plot.layout.meta.change_time[Math.round(click.points[0].y)]);
    return dash_clientside.no_update;
  }

  /**
   * Show the raster or the table.
   * @param {string} view
   */
  function choose(view) {
    vbd.graphs.fit();
    const panel = document.getElementById("panel-trials");
    if (panel) panel.dataset.view = view;
    return [view !== "raster", view !== "table"];
  }

  /**
   * Mark the table's rows whose trials are in the window, and scroll to the first of them.
   * @param {{trials_id: number, start_time: number, stop_time: number}[] | null} rows
   * @param {VbdSpan | null} span
   */
  function mark(rows, span) {
    return vbd.markedRows(
      TABLE,
      span && rows,
      (trials) =>
        trials
          .filter((row) => span && overlaps(row.start_time, row.stop_time, span))
          .map((row) => row.trials_id),
      0,
    );
  }

  /** The outcome of the chip under an event. @param {Event} event */
  function outcomeOf(event) {
    const chip = vbd.closest(event, `#${OUTCOMES} .form-check`)?.querySelector("input");
    return chip?.value;
  }

  /** Show only the trials of one outcome; those of all if these are shown already. */
  function only(/** @type {string} */ outcome) {
    /** @type {NodeListOf<HTMLInputElement>} */
    const chips = document.querySelectorAll(`#${OUTCOMES} input`);
    const others = [...chips].filter((chip) => chip.value !== outcome);
    const isOnly = others.every((chip) => !chip.checked);
    const value = isOnly ? [...chips].map((chip) => chip.value) : [outcome];
    dash_clientside.set_props(OUTCOMES, { value });
  }

  document.addEventListener("dblclick", (event) => {
    const outcome = outcomeOf(event);
    if (outcome) only(outcome);
  });
  document.addEventListener("keydown", (event) => {
    const outcome = event.key === "Enter" && outcomeOf(event);
    if (outcome) only(outcome);
  });

  document.addEventListener("vbd:row", ({ detail: { table, row } }) => {
    if (table === TABLE) vbd.time.centre(row.change_time ?? row.start_time);
  });
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    trials: { compose, clicked, choose, mark },
  });
})();
