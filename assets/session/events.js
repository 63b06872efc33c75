/**
 * Events panel: which choices are of use, what lies under the pointer, where a click leads.
 */
window.vbd = window.vbd || {};
(() => {
  const graph = () => document.getElementById("events-graph");
  const TABLE = "responses-table";

  /** The row under the pointer: its place, time, group or cell; null where there is none. */
  function rowAt(event) {
    const plot = vbd.plotly.plot(graph());
    if (!plot || !plot.contains(event.target)) return null;
    const { meta } = plot.layout;
    const ofCells = meta?.rows === "cells";
    const rows = meta && vbd.plotly.axis(plot, ofCells ? "y" : "y2");
    if (!rows) return null;
    const across = vbd.plotly
      .axes(plot, "x")
      .some((axis) => (ofCells || axis.id === "x2") && covers(axis, event.clientX));
    const place = Math.round(rows.valueAt(event.clientY));
    const count = (ofCells ? meta.cells : meta.times).length;
    const inside = across && covers(rows, event.clientY) && place >= 0 && place < count;
    return inside ? { place, meta } : null;
  }

  const covers = ({ start, length }, pixel) => pixel >= start && pixel <= start + length;

  function words({ place, meta }) {
    if (meta.rows === "cells") return `cell ${meta.cells[place]}: click to select it`;
    const time = meta.times[place].toLocaleString("en-US", {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    return `${meta.labels[meta.groups[place]]}, at ${time} s: click to go there`;
  }

  function tip() {
    let element = graph().querySelector(":scope > .events-tip");
    if (!element) {
      element = document.createElement("div");
      element.className = "events-tip";
      graph().append(element);
    }
    return element;
  }

  document.addEventListener("pointermove", (event) => {
    if (!graph() || (!graph().contains(event.target) && !graph().dataset.row)) return;
    const row = graph().contains(event.target) ? rowAt(event) : null;
    graph().dataset.row = row ? row.place : "";
    const box = graph().getBoundingClientRect();
    const element = tip();
    element.hidden = !row;
    if (!row) return;
    element.textContent = words(row);
    element.style.right = `${Math.max(box.right - event.clientX + 10, 4)}px`;
    element.style.top = `${Math.min(event.clientY - box.top + 12, box.height - 24)}px`;
  });

  document.addEventListener("click", (event) => {
    const row = graph() && graph().contains(event.target) && rowAt(event);
    if (!row) return;
    const { place, meta } = row;
    if (meta.rows === "cells") {
      vbd.cells.select(meta.cells[place], {
        add: event.shiftKey || event.ctrlKey || event.metaKey,
      });
    } else vbd.time.centre(meta.times[place]);
  });

  document.addEventListener("vbd:row", ({ detail: { table, row, add } }) => {
    if (table === TABLE) vbd.cells.select(row.cell, { add });
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    events: {
      /** What the choices make of use: words that assets/session/events.css looks for. */
      chosen(event, signal, of, split, show) {
        const cells = !vbd.vocabulary.behaviorSignals.includes(signal);
        const every = cells && of === "every";
        const figure = show !== "table";
        requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
        const shown = figure
          ? [
              event === "times" && "typed",
              cells && "cells",
              every && "every",
              split === "engaged" && "engaged",
              "figure",
            ]
              .filter(Boolean)
              .join(" ")
          : "table";
        return [shown, !figure, figure];
      },
      /** The rows of the selected cells, and the last of them to scroll to. */
      mark(rows, selection) {
        const nothing = dash_clientside.no_update;
        if (!rows || !selection || !vbd.table.isShown(TABLE)) return [nothing, nothing];
        const names = new Set(rows.map((row) => row.cell));
        const ids = selection.cells.filter((cell) => names.has(cell)).map(String);
        return [{ ids }, ids.length ? { rowId: ids.at(-1), rowPosition: "auto" } : nothing];
      },
    },
  });
})();
