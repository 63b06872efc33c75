/**
 * Field of view: a scale bar of a round length at the lower left of the visible part, with a label.
 */
vbd.fieldOfView ??= /** @type {VbdFieldOfView} */ ({});
(() => {
  const LENGTHS = [5, 10, 20, 50, 100, 200, 500]; // µm, or px if the pixel size is unknown
  const LONGEST = 0.3; // of the visible width
  const FROM_LEFT = 0.04; // of the visible width
  const FROM_BOTTOM = 0.05; // of the visible height
  const HALO = "0 0 3px #000, 0 0 3px #000, 0 0 2px #000";

  /** @type {VbdFieldOfView["scaleBar"]} */
  function scaleBar(field, [left, right, bottom, top]) {
    const size = field.pixel_size || 1;
    const longest = LONGEST * (right - left) * size;
    const length = LENGTHS.findLast((one) => one <= longest) ?? LENGTHS[0];
    const x = left + FROM_LEFT * (right - left);
    const y = bottom + FROM_BOTTOM * (top - bottom);
    const { onPicture, pictureEdge } = vbd.vocabulary.colors;
    const bar = { type: "line", x0: x, x1: x + length / size, y0: y, y1: y };
    return {
      shapes: [
        { ...bar, name: "scale bar, edge", line: { color: pictureEdge, width: 6 } },
        { ...bar, name: "scale bar", line: { color: onPicture, width: 3 } },
      ],
      label: {
        text: `${length} ${field.pixel_size ? "µm" : "px"}`,
        x,
        y,
        showarrow: false,
        yshift: 2,
        xanchor: "left",
        yanchor: "bottom",
        font: { color: onPicture, size: 11, shadow: HALO },
      },
    };
  }

  vbd.fieldOfView.scaleBar = scaleBar;
})();
