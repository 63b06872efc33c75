/** The menu of the top bar with themes and sizes of text. */
(() => {
  /** @type {Record<string, string>} */
  const WORDS = {
    system: "As the system",
    light: "Light",
    dark: "Dark",
    projector: "Projector (dark room)",
  };

  /** @param {VbdThemes.Name} name @param {string} label @returns {VbdMenuGroup} */
  const choice = (name, label) => ({
    label,
    items: vbd.themes.choices[name].map((value) => ({
      words: WORDS[value] ?? `${value} %`,
      isChosen: vbd.themes.chosen[name] === value,
      does: () => vbd.themes.choose(name, value),
    })),
  });

  vbd.menus("#theme-button", () => [choice("theme", "Theme"), choice("text", "Text size")]);

  // A link of Dash and the browser's Back lead to addresses that do not say it.
  vbd.dash.onPushState(() => vbd.themes.tell());
  window.addEventListener("popstate", () => vbd.themes.tell());
})();
