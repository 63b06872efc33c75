/**
 * Trials: marks the trials of the time window in raster and table; a click on a trial goes there.
 */
window.vbd = window.vbd || {};
(() => {
  const TABLE = "trials-table";
  const MARKS = "in the time window";
  let drawn = { base: null, rows: "" };

  const overlaps = (start, stop, span) => stop >= span.start && start <= span.stop;

  /** The raster with a mark at each row whose trial is in the window. */
  function compose(base, span) {
    if (!base || !span) return dash_clientside.no_update;
    const { start_time: starts, stop_time: stops } = base.layout.meta;
    const rows = starts.flatMap((start, i) => (overlaps(start, stops[i], span) ? [i] : []));
    if (drawn.base === base && drawn.rows === String(rows)) return dash_clientside.no_update;
    drawn = { base, rows: String(rows) };
    const data = base.data.map((trace) =>
      trace.name !== MARKS ? trace : { ...trace, x: rows.map(() => trace.x[0]), y: rows },
    );
    return { ...base, data };
  }

  /** A click on a row of the raster moves the window to its change. */
  function clicked(click) {
    const plot = vbd.plotly.plot(document.getElementById("trials-raster"));
    if (click && plot) vbd.time.centre(plot.layout.meta.change_time[Math.round(click.points[0].y)]);
    return dash_clientside.no_update;
  }

  /** Show the raster or the table. */
  function choose(view) {
    requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
    document.getElementById("panel-trials").dataset.view = view;
    return [view !== "raster", view !== "table"];
  }

  /** The rows of the table whose trials are in the window, and where to scroll. */
  function mark(rows, span) {
    if (!rows || !span || !vbd.table.isShown(TABLE))
      return [dash_clientside.no_update, dash_clientside.no_update];
    const ids = rows
      .filter((row) => overlaps(row.start_time, row.stop_time, span))
      .map((row) => String(row.trials_id));
    return [
      { ids },
      ids.length ? { rowId: ids[0], rowPosition: "auto" } : dash_clientside.no_update,
    ];
  }

  document.addEventListener("vbd:row", ({ detail: { table, row } }) => {
    if (table === TABLE) vbd.time.centre(row.change_time ?? row.start_time);
  });
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    trials: { compose, clicked, choose, mark },
  });
})();
