/**
 * Moves the cursor with the pointer over time graphs. A click in the timeline shows a trial or
 * selects the cell of a row; a double click shows the whole session.
 */
(() => {
  const SECOND_CLICK = 350; // ms after the first
  const AROUND_TRIAL = 2; // s
  const MAX_TRIAL = 30; // s
  const ACTIVITY = "activity:"; // prefix of the names of heatmap rows
  /** @type {{graph: HTMLElement, x: number, y: number} | null} */
  let pressed = null;
  let lastClick = 0;

  /**
   * The row of the timeline under the pointer, and the cell of a heatmap row.
   * @param {HTMLElement} graph
   * @param {PointerEvent} event
   * @returns {VbdPointed}
   */
  function under(graph, event) {
    const f = vbd.axis.frame(graph);
    /** @type {VbdRow[] | undefined} */
    const rows = vbd.plotly.plot(graph)?.layout.meta?.rows;
    if (!rows || !f) return {};
    const y = 1 - (event.clientY - f.top) / f.height;
    const row = rows.find(({ domain: [low, high] }) => y >= low && y <= high);
    if (!row) return {};
    const { name, cells } = row;
    if (!name.startsWith(ACTIVITY)) return { row, cell: cells[0] };
    const [low, high] = row.domain;
    const part = (high - y) / (high - low);
    return { row, cell: cells[Math.min(Math.floor(part * cells.length), cells.length - 1)] };
  }

  /**
   * @param {HTMLElement} graph
   * @param {PointerEvent} event
   */
  function clicked(graph, event) {
    const { row, cell } = under(graph, event);
    if (row?.name.startsWith(ACTIVITY) && cell !== undefined)
      vbd.cells.select(cell, { add: vbd.addsToSelection(event) });
    const time = vbd.axis.timeAt(graph, event.clientX);
    if (row?.name === "trials" && time !== null) showTrial(time);
  }

  /**
   * Show the trial at a time: from two seconds before its start to two after the next begins.
   * @param {number} time
   */
  function showTrial(time) {
    const { trial: starts = [], trials_stop: lastStop } = vbd.stores.landmarks ?? {};
    const i = vbd.trialOfMoment(starts, lastStop ?? Number.NEGATIVE_INFINITY, time);
    if (i < 0) return;
    const end = starts[i + 1] ?? vbd.stores.bounds?.stop;
    vbd.time.show(starts[i] - AROUND_TRIAL, Math.min(end, starts[i] + MAX_TRIAL) + AROUND_TRIAL);
  }

  document.addEventListener("pointermove", (event) => {
    if (event.buttons) return; // in a drag the cursor moves along with what lies under it
    const graph = vbd.closest(event, ".time-graph");
    const f = vbd.axis.frame(graph);
    if (!graph || !f || event.clientX < f.left || event.clientX > f.left + f.width) return;
    vbd.cursor.set(vbd.axis.timeAt(graph, event.clientX), under(graph, event));
  });

  // Plotly covers the page with an element while a button is down, so the graph is stored on press,
  // and the release is handled wherever it happens.
  document.addEventListener(
    "pointerdown",
    (event) => {
      const graph = vbd.closest(event, ".note-mark") ? null : vbd.closest(event, ".timeline-graph");
      pressed = graph && event.button === 0 ? { graph, x: event.clientX, y: event.clientY } : null;
    },
    true,
  );
  document.addEventListener(
    "pointerup",
    (event) => {
      const start = pressed;
      pressed = null;
      if (!start || !vbd.isClick(start, event)) return;
      const isSecond = event.timeStamp - lastClick < SECOND_CLICK;
      lastClick = event.timeStamp;
      if (isSecond) vbd.time.setLength(0);
      else clicked(start.graph, event);
    },
    true,
  );
})();
