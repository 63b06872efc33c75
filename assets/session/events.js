/**
 * The panel "Around events": shows the choices that apply, describes the row under the pointer, and
 * handles clicks on rows.
 */
(() => {
  const TABLE = "responses-table";
  const graph = () => document.getElementById("events-graph");

  /** @typedef {{rows: "cells", cells: number[]}} CellRows */
  /** @typedef {{rows: "events", times: number[], labels: string[], groups: number[]}} EventRows */
  /** @typedef {{index: number, meta: CellRows | EventRows}} PointedRow */

  /**
   * @param {VbdAxis} axis
   * @param {number} pixel
   */
  const covers = ({ start, length }, pixel) => pixel >= start && pixel <= start + length;

  /**
   * The row under the pointer; null if there is none.
   * @param {MouseEvent} event
   * @returns {PointedRow | null}
   */
  function rowAt(event) {
    const plot = vbd.plotly.plot(graph());
    /** @type {CellRows | EventRows | undefined} */
    const meta = plot?.layout.meta;
    if (!plot || !meta || !plot.contains(/** @type {Node} */ (event.target))) return null;
    const ofCells = meta.rows === "cells";
    const rows = vbd.plotly.axis(plot, ofCells ? "y" : "y2");
    if (!rows || !covers(rows, event.clientY)) return null;
    const across = vbd.plotly
      .axes(plot, "x")
      .some((axis) => (ofCells || axis.id === "x2") && covers(axis, event.clientX));
    const index = Math.round(rows.valueAt(event.clientY));
    const count = (meta.rows === "cells" ? meta.cells : meta.times).length;
    return across && index >= 0 && index < count ? { index, meta } : null;
  }

  /** @param {PointedRow} row */
  function words({ index, meta }) {
    if (meta.rows === "cells") return `cell ${meta.cells[index]}: click to select it`;
    const time = vbd.decimals(meta.times[index], 2);
    return `${meta.labels[meta.groups[index]]}, at ${time} s: click to go there`;
  }

  document.addEventListener("pointermove", (event) => {
    const element = graph();
    if (!element) return;
    const isInside = element.contains(/** @type {Node} */ (event.target));
    if (!isInside && !element.dataset.row) return;
    const row = isInside ? rowAt(event) : null;
    element.dataset.row = row ? String(row.index) : "";
    const box = element.getBoundingClientRect();
    const tip = vbd.graphs.overlay(element, "events-tip");
    tip.hidden = !row;
    if (!row) return;
    tip.textContent = words(row);
    tip.style.right = `${Math.max(box.right - event.clientX + 10, 4)}px`;
    tip.style.top = `${Math.min(event.clientY - box.top + 12, box.height - 24)}px`;
  });

  document.addEventListener("click", (event) => {
    const row = vbd.closest(event, "#events-graph") && rowAt(event);
    if (!row) return;
    const { index, meta } = row;
    if (meta.rows === "cells")
      vbd.cells.select(meta.cells[index], { add: vbd.addsToSelection(event) });
    else vbd.time.centre(meta.times[index]);
  });

  document.addEventListener("vbd:row", ({ detail: { table, row, add } }) => {
    if (table === TABLE) vbd.cells.select(row.cell, { add });
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    events: {
      /**
       * The names of the choices that apply, which assets/session/events.css uses to show them.
       * @param {string} event
       * @param {string} signal
       * @param {string} of
       * @param {string} split
       * @param {string} show
       */
      chosen(event, signal, of, split, show) {
        const cells = !vbd.vocabulary.behaviorSignals.includes(signal);
        vbd.graphs.fit();
        if (show === "table") return ["table", true, false];
        const shown = [
          event === "times" && "typed",
          cells && "cells",
          cells && of === "every" && "every",
          split === "engaged" && "engaged",
          "figure",
        ];
        return [shown.filter(Boolean).join(" "), false, true];
      },
      /**
       * The rows of the selected cells, and the last of them to scroll to.
       * @param {{cell: number}[] | null} rows
       * @param {VbdSelection | null} selection
       */
      mark: (rows, selection) => vbd.rowsOfSelection(TABLE, rows, selection),
    },
  });
})();
