/**
 * A panel's figures as one picture: Plotly's drawings beside each other as on the page, as SVG, and
 * that drawn at twice its size as PNG. Both are made in the browser.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const SCALE = 2;
  const HEAD = "data:image/svg+xml,";

  /** One figure at its place in the panel. @param {PlotlyElement} plot @param {DOMRect} frame */
  async function drawing(plot, frame) {
    const { left, top, width, height } = plot.getBoundingClientRect();
    const url = await window.Plotly.toImage(plot, { format: "svg", width, height });
    const text = decodeURIComponent(url.slice(HEAD.length));
    const drawn = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    drawn.setAttribute("x", String(left - frame.left));
    drawn.setAttribute("y", String(top - frame.top));
    // As the stylesheet has it: cells of a heatmap are not blurred into each other.
    for (const image of drawn.querySelectorAll("image"))
      image.setAttribute("style", "image-rendering: pixelated");
    return drawn;
  }

  /** The box around elements. @param {Element[]} elements */
  function around(elements) {
    const boxes = elements.map((element) => element.getBoundingClientRect());
    const left = Math.min(...boxes.map((box) => box.left));
    const top = Math.min(...boxes.map((box) => box.top));
    const right = Math.max(...boxes.map((box) => box.right));
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    return new DOMRect(left, top, right - left, bottom - top);
  }

  /** @param {Element} panel */
  async function composed(panel) {
    const plots = vbd.panels.plots(panel);
    const frame = around(plots);
    const svg = document.createElementNS(SVG, "svg");
    const [width, height] = [frame.width, frame.height].map(Math.round);
    svg.setAttribute("width", String(width));
    svg.setAttribute("height", String(height));
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${vbd.panels.titleOf(panel)}, ${vbd.panels.link(panel)}`;
    svg.append(title, ...(await Promise.all(plots.map((plot) => drawing(plot, frame)))));
    return { text: new XMLSerializer().serializeToString(svg), width, height };
  }

  /**
   * @param {{text: string, width: number, height: number}} drawn
   * @returns {Promise<Blob>}
   */
  async function png({ text, width, height }) {
    const picture = new Image();
    picture.src = HEAD + encodeURIComponent(text);
    await picture.decode();
    const canvas = vbd.element("canvas", { width: width * SCALE, height: height * SCALE });
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.fillStyle = vbd.themes.color(vbd.vocabulary.colors.paper);
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve, reject) => {
      const taken = (/** @type {Blob | null} */ blob) =>
        blob ? resolve(blob) : reject(new Error("the picture is too large for this browser."));
      canvas.toBlob(taken, "image/png");
    });
  }

  vbd.panels.savePicture = async (panel, ending) => {
    const drawn = await composed(panel);
    const svg = new Blob([drawn.text], { type: "image/svg+xml" });
    vbd.panels.save(ending === "svg" ? svg : await png(drawn), panel, ending);
  };
})();
