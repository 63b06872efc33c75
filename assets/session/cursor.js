/**
 * The cursor: one line through every time graph, the read-out, and the picture of the image shown.
 * Emits `vbd:cursor` on every move and `vbd:moment` with the server's values, newest only.
 */
window.vbd = window.vbd || {};
(() => {
  const ASK_EVERY = 80; // ms
  let asking = null;
  let planned = null;

  const emit = (name, detail) => document.dispatchEvent(new CustomEvent(`vbd:${name}`, { detail }));
  const format = (x, digits = 1) =>
    x === null || x === undefined
      ? "–"
      : x.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

  /** The row of the timeline under the pointer, and the cell of a heatmap row. */
  function under(graph, event) {
    const plot = vbd.plotly.plot(graph);
    const f = vbd.axis.frame(graph);
    const rows = plot && plot.layout.meta && plot.layout.meta.rows;
    if (!rows || !f) return {};
    const y = 1 - (event.clientY - f.top) / f.height;
    const row = rows.find((r) => y >= r.domain[0] && y <= r.domain[1]);
    if (!row) return {};
    if (!row.name.startsWith("activity:")) return { row, cell: row.cells[0] };
    const part = (row.domain[1] - y) / (row.domain[1] - row.domain[0]);
    return {
      row,
      cell: row.cells[Math.min(Math.floor(part * row.cells.length), row.cells.length - 1)],
    };
  }

  function line(graph) {
    let element = graph.querySelector(":scope > .cursor-line");
    if (!element) {
      element = document.createElement("div");
      element.className = "cursor-line";
      graph.append(element);
    }
    return element;
  }

  function draw(time) {
    for (const graph of document.querySelectorAll(".time-graph")) {
      const f = vbd.axis.frame(graph);
      const element = line(graph);
      const visible = f && time !== null && time >= f.start && time <= f.stop;
      element.style.display = visible ? "block" : "none";
      if (!visible) continue;
      element.style.left = `${vbd.axis.pixelOf(graph, time)}px`;
      element.style.top = `${f.top - f.box.top}px`;
      element.style.height = `${f.height}px`;
    }
  }

  /** Move the cursor to a time, or hide it with null. */
  function set(time, what = {}) {
    draw(time);
    emit("cursor", { time, ...what });
    if (time !== null) plan(time, what);
  }

  function plan(time, what) {
    const first = planned === null;
    planned = { time, what };
    if (first)
      setTimeout(() => {
        const p = planned;
        planned = null;
        ask(p.time, p.what);
      }, ASK_EVERY);
  }

  async function ask(time, what) {
    const address = vbd.stores && vbd.stores.address;
    if (!address) return;
    if (asking) asking.abort();
    asking = new AbortController();
    const cell =
      what.cell === undefined ? "" : `&cell=${what.cell}&activity=${what.row.activity || "dff"}`;
    try {
      const url = `${vbd.url("moment", address)}?t=${time.toFixed(4)}${cell}`;
      const answer = await fetch(url, { signal: asking.signal });
      if (answer.ok) emit("moment", await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function picture(image) {
    const { images, file } = vbd.stores.landmarks;
    if (!images.includes(image)) return "";
    const url = vbd.url("image", { ...file, image, side: "warped", width: 160 });
    return `<img src="${url}" alt="${image}">`;
  }

  function item(name, value, unit = "") {
    return `<span class="readout-item"><b>${name}</b> ${value}${unit && ` <i>${unit}</i>`}</span>`;
  }

  function readOut(moment) {
    const box = document.getElementById("readout");
    if (!box) return;
    const trial = moment.trial
      ? `${moment.trial.trials_id} ${vbd.vocabulary.outcomes[moment.trial.outcome]?.label || ""}`
      : "–";
    const parts = [
      item("t", format(moment.time, 2), "s"),
      `<span class="readout-item stimulus-name" data-image="${moment.image || ""}"><b>image</b> ${moment.image || "gray"}${moment.image ? `<span class="stimulus-picture">${picture(moment.image)}</span>` : ""}</span>`,
      item("trial", trial),
      item("running", format(moment.running_speed), "cm/s"),
      item(
        "pupil",
        moment.eye && moment.eye.likely_blink ? "blink" : format(moment.pupil_area, 0),
        "px²",
      ),
    ];
    if (moment.cell)
      parts.push(
        item(
          `cell ${moment.cell.id}`,
          format(moment.cell.value, 3),
          vbd.vocabulary.traces[moment.cell.activity],
        ),
      );
    box.innerHTML = parts.join("");
  }

  document.addEventListener("vbd:moment", (event) => readOut(event.detail));
  document.addEventListener("vbd:drawn", (event) => {
    set((event.detail.start + event.detail.stop) / 2);
  });

  document.addEventListener("pointermove", (event) => {
    const graph = event.target.closest && event.target.closest(".time-graph");
    if (!graph) return;
    const f = vbd.axis.frame(graph);
    if (!f || event.clientX < f.left || event.clientX > f.left + f.width) return;
    set(vbd.axis.timeAt(graph, event.clientX), under(graph, event));
  });

  /* A click without a drag: a trial moves the window there, a heatmap row selects its cell, a
     second click shows the whole session. Plotly puts a cover over the page while a button is
     down, so what was pressed is remembered and the release is read wherever it happens. */
  let pressed = null;
  let lastClick = 0;
  document.addEventListener(
    "pointerdown",
    (event) => {
      const graph = event.target.closest && event.target.closest(".timeline-graph");
      pressed = graph && event.button === 0 ? { graph, x: event.clientX, y: event.clientY } : null;
    },
    true,
  );
  document.addEventListener(
    "pointerup",
    (event) => {
      const start = pressed;
      pressed = null;
      if (!start || Math.hypot(event.clientX - start.x, event.clientY - start.y) >= 4) return;
      const second = event.timeStamp - lastClick < 350;
      lastClick = event.timeStamp;
      if (second) vbd.time.setLength(0);
      else clicked(start.graph, event);
    },
    true,
  );

  function clicked(graph, event) {
    const { row, cell } = under(graph, event);
    if (!row) return;
    if (row.name.startsWith("activity:"))
      vbd.cells.select(cell, { add: event.shiftKey || event.ctrlKey });
    if (row.name === "trials") showTrial(vbd.axis.timeAt(graph, event.clientX));
  }

  /** Show the trial at a time: from two seconds before its start to two after the next begins. */
  function showTrial(time) {
    const { trial: starts, trials_stop: lastStop } = vbd.stores.landmarks;
    const i = vbd.trialOfMoment(starts, lastStop, time);
    if (i < 0) return;
    const end = starts[i + 1] ?? vbd.stores.bounds.stop;
    vbd.time.show(starts[i] - 2, Math.min(end, starts[i] + 30) + 2);
  }

  vbd.cursor = { set };
})();
