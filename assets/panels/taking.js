/** What all entries of a panel's menu share: names of files, saving, copying, links. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  const KEPT = 10_000; // ms until the browser has taken what it saves
  const DECIMALS = 1;

  const isSession = () => Boolean(vbd.view.state.window) && vbd.view.isHere();

  /** What the figures are of: the recording with its window, or the page. */
  function subject() {
    const { pathname } = window.location;
    const page = pathname
      .split("/")
      .filter(Boolean)
      .join("_")
      .replace(/[^\w.-]+/g, "-");
    const span = isSession() ? vbd.view.state.window : null;
    const times = span && [span.start, span.stop].map((time) => time.toFixed(DECIMALS)).join("-");
    return { page: page || "explore", times };
  }

  /** @param {string} selector */
  const chosenIn = (selector) =>
    /** @type {HTMLInputElement | null} */ (document.querySelector(selector))?.value ?? "";

  /**
   * What a panel knows that is not in the view's link.
   * @type {Record<string, () => Record<string, string>>}
   */
  const KNOWS = {
    timeline: () => ({ pixels: String(vbd.view.requests.pixels()) }),
    trials: () => ({
      rows_by: chosenIn("#trials-order"),
      outcomes: [...document.querySelectorAll("#trials-outcomes input:checked")]
        .map((input) => /** @type {HTMLInputElement} */ (input).value)
        .join(","),
    }),
    eye: () => ({
      frame: (document.getElementById("eye-readout")?.textContent ?? "")
        .split(" at ")[0]
        .replace(/\D/g, ""),
    }),
  };

  Object.assign(
    vbd.panels,
    /** @type {Partial<VbdPanels>} */ ({
      nameOf: (panel) => panel.id.replace("panel-", ""),
      titleOf: (panel) => panel.getAttribute("aria-label") ?? "",
      plots: (panel) =>
        vbd.plotly
          .plots(panel)
          .filter((plot) => plot.checkVisibility() && vbd.plotly.plot(plot)?.data.length),
      save(content, panel, ending, what = vbd.panels.nameOf(panel)) {
        const { page, times } = subject();
        const name = [page, what, times && `${times}s`].filter(Boolean).join("_");
        const href = URL.createObjectURL(content);
        vbd.element("a", { href, download: `${name}.${ending}` }).click();
        setTimeout(() => URL.revokeObjectURL(href), KEPT);
        vbd.notify(`${name}.${ending} is saved.`);
      },
      async copy(text) {
        // Browsers offer no clipboard to pages without TLS.
        if (!navigator.clipboard) throw new Error("this browser lets no page copy without https.");
        await navigator.clipboard.writeText(text);
        vbd.notify("Copied.");
      },
      link(panel) {
        const { origin, pathname, href } = window.location;
        if (!isSession()) return href;
        return origin + vbd.themes.withThemes(`${pathname}?${vbd.panels.query(panel)}`);
      },
      offers: (panel, what) => {
        const button = /** @type {HTMLElement | null} */ (
          panel.querySelector(".panel-menu-button")
        );
        return (button?.dataset.offers ?? "").split(" ").includes(what);
      },
      question(panel) {
        const query = vbd.panels.query(panel);
        const known = KNOWS[vbd.panels.nameOf(panel)]?.() ?? {};
        for (const [name, value] of Object.entries(known)) query.set(name, value);
        return query;
      },
      query(panel) {
        const { state } = vbd.view;
        const options = { ...state.options, max: vbd.panels.nameOf(panel) };
        const query = vbd.viewQuery({ ...state, options }, vbd.stores.defaults ?? {});
        return new URLSearchParams(query);
      },
    }),
  );
})();
