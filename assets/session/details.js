/** Details panel: which view is open, and the filter over keys and attributes. */
(() => {
  /** Hide what does not have every word; an option of the list with its whole label. */
  function apply(text) {
    const words = (text || "").toLowerCase().split(/\s+/).filter(Boolean);
    for (const element of document.querySelectorAll(
      "#details-body .keys [data-words], #details-body .attribute",
    )) {
      const matches = words.every((word) => element.dataset.words.includes(word));
      (element.closest("label") || element).hidden = !matches;
    }
    const keys = document.querySelector("#details-body .keys");
    const note = keys && keys.querySelector(".no-match");
    if (note) note.hidden = Boolean(keys.querySelector("[data-words]:not([hidden])"));
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    details: {
      show: (view) => `details show-${view}`,
      filter(text) {
        requestAnimationFrame(() => apply(text));
        return window.dash_clientside.no_update;
      },
    },
  });
})();
