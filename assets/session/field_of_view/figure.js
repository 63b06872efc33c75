/**
 * Field of view: adds the chosen picture, the selected cells and the scale bar to the fixed figure
 * of dashboard/figures/field_of_view.py.
 *
 * Each figure gets the visible range, so that it does not undo a zoom; see zoom.js.
 */
vbd.fieldOfView ??= /** @type {VbdFieldOfView} */ ({});
(() => {
  const NO_PICTURE = {
    text: "This file does not have the picture.",
    showarrow: false,
    bgcolor: "#ffffff",
    xref: "paper",
    yref: "paper",
    x: 0.5,
    y: 0.5,
  };
  /** @type {WeakMap<PlotlyFigure, string>} */
  const drawn = new WeakMap(); // the view for which a figure was composed last
  /** @type {Map<number, { base: PlotlyFigure, draw: () => PlotlyFigure }>} */
  const latest = new Map(); // per experiment

  /**
   * @param {PlotlyFigure} base
   * @param {VbdFieldView} view
   * @returns {PlotlyFigure}
   */
  function figure(base, { projection, cells, outlined }) {
    /** @type {VbdField} */
    const field = base.layout.meta;
    const chosen = field.cells.flatMap((cell, i) => (cells.includes(cell.name) ? [i] : []));
    const outlines = vbd.fieldOfView.outlines(base);
    const marked = vbd.fieldOfView.outlinesOf(outlines, field, chosen);
    const [all, edge, selected, names] = base.data;
    return {
      data: [
        { ...all, x: outlines.x, y: outlines.y }, // invisible: finds the cell under the pointer
        { ...edge, ...marked },
        { ...selected, ...marked },
        { ...names, ...vbd.fieldOfView.labels(field, chosen) },
      ],
      layout: layout(base, vbd.fieldOfView.sized(field, field.pictures[projection]), {
        type: "path",
        name: "cells",
        path: outlines.path,
        line: all.line,
        layer: "between",
        // An invisible shape of the layer "between" stays drawn (as of plotly/plotly.js#6927).
        opacity: outlined ? 1 : 0,
        visible: Boolean(outlines.path),
      }),
    };
  }

  /**
   * @param {PlotlyFigure} base
   * @param {string | undefined} source the picture's URL
   * @param {object} outlines the shape of all outlines
   */
  function layout(base, source, outlines) {
    const edges = vbd.fieldOfView.edges(base);
    const [left, right, bottom, top] = edges;
    const { shapes, label } = vbd.fieldOfView.scaleBar(base.layout.meta, edges);
    /** @type {object[]} */
    const images = base.layout.images;
    return {
      ...base.layout,
      xaxis: { ...base.layout.xaxis, range: [left, right] },
      yaxis: { ...base.layout.yaxis, range: [bottom, top] },
      images: source ? images.map((image) => ({ ...image, source })) : [],
      shapes: [outlines, ...shapes],
      annotations: source ? [label] : [label, NO_PICTURE],
    };
  }

  /**
   * Called by Dash when a value changes on which the figure depends.
   * @param {PlotlyFigure} base
   * @param {VbdOptions} options
   * @param {VbdSelection} selection
   * @param {boolean} outlined
   */
  function compose(base, options, selection, outlined) {
    const view = { projection: String(options.projection), cells: selection.cells, outlined };
    const asked = JSON.stringify(view);
    if (drawn.get(base) === asked) return dash_clientside.no_update;
    drawn.set(base, asked);
    const draw = () => figure(base, view);
    latest.set(base.layout.meta.experiment, { base, draw });
    return vbd.fieldOfView.postpone(base, draw) ? dash_clientside.no_update : draw();
  }

  vbd.fieldOfView.drawAgain = (experiment) => {
    const composed = latest.get(experiment);
    if (!composed || vbd.fieldOfView.postpone(composed.base, composed.draw)) return;
    dash_clientside.set_props({ experiment, type: "fov-graph" }, { figure: composed.draw() });
  };
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    field_of_view: { compose },
  });
})();
