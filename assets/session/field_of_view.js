/**
 * Field of view: what depends on the view, that is the chosen picture, the selected cells and the
 * scale bar. The fixed part comes from dashboard/figures/field_of_view.py.
 */
window.vbd = window.vbd || {};
(() => {
  const SCALE_STEPS = [5, 10, 20, 50, 100, 200, 500]; // µm, or px where the pixel size is unknown
  const LONGEST_BAR = 0.3; // of the visible width
  const NEAR_EDGE = 0.2; // of the field
  const BAR_COLOR = vbd.vocabulary.colors.paper;
  const EDGE_COLOR = vbd.vocabulary.colors.ink;
  const HALO = "0 0 3px #000, 0 0 3px #000, 0 0 2px #000";
  const decoded = new WeakMap();
  const drawn = new WeakMap(); // what a figure was last composed for

  /** A typed array of a figure, which the server sends as base64. */
  function floats(values) {
    if (!values.bdata) return values;
    const bytes = Uint8Array.from(atob(values.bdata), (character) => character.charCodeAt(0));
    return new Float32Array(bytes.buffer);
  }

  /** x and y of all outlines of a figure. */
  function points(base) {
    const [{ x, y }] = base.data;
    if (!decoded.has(base)) {
      const found = { x: floats(x), y: floats(y) };
      decoded.set(base, { ...found, path: path(found) });
    }
    return decoded.get(base);
  }

  /** All outlines as the path of one shape: as a line with gaps each would be an element. */
  function path({ x, y }) {
    const parts = [];
    for (let i = 0, pen = "M"; i < x.length; i += 1) {
      const gap = Number.isNaN(x[i]);
      if (!gap) parts.push(`${pen}${x[i]},${y[i]}`);
      pen = gap ? "M" : "L";
    }
    return parts.join("");
  }

  /** The outlines of some cells as one line with gaps. */
  function outlines({ x, y }, { starts }, chosen) {
    const part = (values) =>
      chosen.flatMap((i) => [...values.subarray(starts[i], starts[i + 1] - 1), null]);
    return { x: part(x), y: part(y) };
  }

  /** Where a label has room: it runs from the cell towards the middle of the field. */
  function place({ width, height }, [x, y]) {
    return `${y < NEAR_EDGE * height ? "bottom" : "top"} ${x < width / 2 ? "right" : "left"}`;
  }

  function labels(meta, chosen) {
    const boxes = chosen.map((i) => meta.cells[i].box);
    const places = boxes.map((box) => place(meta, box));
    return {
      x: boxes.map(([x, , width]) => x + (width - 1) / 2),
      y: boxes.map(([, y, , height], i) => (places[i].startsWith("top") ? y - 1 : y + height)),
      text: chosen.map((i) => String(meta.cells[i].name)),
      textposition: places,
    };
  }

  /** What is visible of the field: left, right, bottom and top edge in pixels. */
  function edges(meta) {
    const id = `{"experiment":${meta.experiment},"type":"fov-graph"}`;
    const plot = vbd.plotly.plot(document.getElementById(id));
    if (!plot?.layout.meta) return [-0.5, meta.width - 0.5, meta.height - 0.5, -0.5];
    return [...vbd.plotly.range(plot, "x"), ...vbd.plotly.range(plot, "y")];
  }

  /** A bar of a round length at the lower left of what is visible, and its label. */
  function scaleBar(meta) {
    const [left, right, bottom, top] = edges(meta);
    const size = meta.pixel_size || 1;
    const longest = LONGEST_BAR * (right - left) * size;
    const length = SCALE_STEPS.findLast((step) => step <= longest) || SCALE_STEPS[0];
    const x = left + 0.04 * (right - left);
    const y = bottom + 0.05 * (top - bottom);
    const bar = { type: "line", x0: x, x1: x + length / size, y0: y, y1: y };
    return {
      shapes: [
        { ...bar, name: "scale bar, edge", line: { color: EDGE_COLOR, width: 6 } },
        { ...bar, name: "scale bar", line: { color: BAR_COLOR, width: 3 } },
      ],
      label: {
        text: `${length} ${meta.pixel_size ? "µm" : "px"}`,
        x,
        y,
        showarrow: false,
        yshift: 2,
        xanchor: "left",
        yanchor: "bottom",
        font: { color: BAR_COLOR, size: 11, shadow: HALO },
      },
    };
  }

  const noPicture = {
    text: "This file does not have the picture.",
    showarrow: false,
    bgcolor: "#ffffff",
    xref: "paper",
    yref: "paper",
    x: 0.5,
    y: 0.5,
  };

  /** The figure as the view wants it; called again after every zoom for the scale bar. */
  function compose(base, options, selection, showOutlines) {
    const { meta, images } = base.layout;
    const asked = JSON.stringify([edges(meta), options.projection, selection, showOutlines]);
    if (drawn.get(base) === asked) return dash_clientside.no_update;
    drawn.set(base, asked);
    const [all, edge, selected, names] = base.data;
    const chosen = meta.cells.flatMap((cell, i) =>
      selection.cells.includes(cell.name) ? [i] : [],
    );
    const source = meta.pictures[options.projection];
    const every = points(base);
    const marked = outlines(every, meta, chosen);
    const cells = {
      type: "path",
      name: "cells",
      path: every.path,
      line: all.line,
      layer: "between",
      visible: showOutlines && Boolean(every.path),
    };
    const { shapes, label } = scaleBar(meta);
    return {
      data: [
        { ...all, x: every.x, y: every.y }, // not drawn: what lies under the pointer
        { ...edge, ...marked },
        { ...selected, ...marked },
        { ...names, ...labels(meta, chosen) },
      ],
      layout: {
        ...base.layout,
        images: source ? images.map((image) => ({ ...image, source })) : [],
        shapes: [cells, ...shapes],
        annotations: source ? [label] : [label, noPicture],
      },
    };
  }
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    field_of_view: { compose },
  });
})();
