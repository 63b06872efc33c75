/**
 * Pictures whose request failed: asked for again, and marked where that does not help. A click on a
 * marked picture, or the server that is back, asks for it once more.
 */
(() => {
  const IN_PANEL = "The server did not send the picture.";
  const TITLE = "The picture was lost on its way; click to ask again.";
  /** @type {Set<VbdPicture>} */
  const lost = new Set();
  /** @type {Map<VbdPicture, number>} How often each was asked for in a row. */
  const tries = new Map();
  const MOST = 2;

  /** @param {VbdPicture} picture */
  const addressOf = (picture) =>
    picture instanceof HTMLImageElement ? picture.src : picture.href.baseVal;

  /** @param {VbdPicture} picture */
  async function again(picture) {
    const url = new URL(addressOf(picture), window.location.href);
    const count = (tries.get(picture) ?? 0) + 1;
    if (url.origin !== window.location.origin || count > MOST) return mark(picture);
    tries.set(picture, count);
    const plot = vbd.plotly.plot(picture.closest(".dash-graph")); // which forgets it
    const answer = await fetch(url, { cache: "no-cache" }).catch(() => null);
    if (answer?.ok) return found(picture, plot);
    const isNone = answer && answer.status < 500; // there is no such picture
    return isNone ? picture.setAttribute("data-none", "") : mark(picture);
  }

  /** @param {VbdPicture} picture @param {PlotlyElement | null} plot */
  function found(picture, plot) {
    const wasLost = lost.delete(picture);
    picture.removeAttribute("data-lost");
    if (picture instanceof HTMLImageElement) picture.src = addressOf(picture);
    else if (plot) window.Plotly.relayout(plot, { images: [...(plot.layout.images ?? [])] });
    if (wasLost && plot) vbd.connection.panels.answered(panelOf(picture), false);
  }

  /** @param {VbdPicture} picture */
  function mark(picture) {
    lost.add(picture);
    tries.delete(picture);
    picture.setAttribute("data-lost", "");
    if (picture instanceof HTMLImageElement) picture.title = TITLE;
    else vbd.connection.panels.lost(panelOf(picture), IN_PANEL);
  }

  /** The name of the panel around a picture. @param {VbdPicture} picture */
  const panelOf = (picture) => picture.closest("[id^='panel-']")?.id.slice("panel-".length) ?? "";

  document.addEventListener(
    "error",
    ({ target }) => {
      if (target instanceof HTMLImageElement || target instanceof SVGImageElement) again(target);
    },
    true, // errors of pictures do not bubble
  );
  document.addEventListener(
    "load",
    ({ target }) => tries.delete(/** @type {any} */ (target)),
    true,
  );
  document.addEventListener("click", (event) => {
    const picture = vbd.closest(event, "img[data-lost]");
    if (picture instanceof HTMLImageElement) again(picture);
  });
  document.addEventListener("vbd:again", ({ detail }) => {
    for (const picture of lost) if (panelOf(picture) === detail) again(picture);
  });
  document.addEventListener("vbd:back", () => {
    for (const picture of [...lost]) {
      if (!picture.isConnected) lost.delete(picture);
      else again(picture);
    }
  });
})();
