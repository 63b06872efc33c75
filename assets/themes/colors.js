/** The colours of the theme that is shown; all other scripts name those of the light theme. */
(() => {
  /** @returns {VbdThemes.Theme} */
  const shown = () => vbd.vocabulary.themes[vbd.themes.theme()];

  Object.assign(
    vbd.themes,
    /** @type {Partial<VbdThemes>} */ ({
      color: (light) => shown().colors[light] ?? light,
      css: (light) =>
        light in vbd.vocabulary.themes.dark.colors ? `var(--${light.slice(1)}, ${light})` : light,
      grown(element) {
        /** @type {HTMLElement | null} */
        const panel = element.closest?.(".panel.maximised");
        return Number(panel?.style.getPropertyValue("--grown")) || 1;
      },
      scale: () => ({ text: shown().text * vbd.themes.text(), lines: shown().lines }),
    }),
  );
})();
