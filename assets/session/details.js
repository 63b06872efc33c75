/** Details panel: which view is open, and the filter over keys and attributes. */
(() => {
  /**
   * Hide everything that does not contain all words; options are hidden with their labels.
   * @param {string | null} text
   */
  function apply(text) {
    const words = (text || "").toLowerCase().split(/\s+/).filter(Boolean);
    /** @type {NodeListOf<HTMLElement>} */
    const elements = document.querySelectorAll(
      "#details-body .keys [data-words], #details-body .attribute",
    );
    for (const element of elements) {
      const matches = words.every((word) => element.dataset.words?.includes(word));
      (element.closest("label") ?? element).hidden = !matches;
    }
    const keys = document.querySelector("#details-body .keys");
    /** @type {HTMLElement | null | undefined} */
    const note = keys?.querySelector(".no-match");
    if (note) note.hidden = Boolean(keys?.querySelector("[data-words]:not([hidden])"));
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    details: {
      /** @param {string} view */
      show: (view) => `details show-${view}`,
      /** @param {string | null} text */
      filter(text) {
        requestAnimationFrame(() => apply(text));
        return dash_clientside.no_update;
      },
    },
  });
})();
