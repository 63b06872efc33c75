/**
 * A facet of values: a line per value with its count and a bar; a click adds or removes the value.
 * Lists with a search field show chosen values first and values without rows last.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const LONG = 9; // levels; a longer list scrolls

  /** Build the facet; `toggle(value)` is called with a level or `explore.NO_VALUE`. */
  explore.valuesFacet = (facet, toggle) => {
    const { levels = [], codes = [] } = facet;
    const none = codes.some((code) => code === -1);
    const lines = [
      ...levels.map((level, code) => line(facet, String(level), code, toggle)),
      ...(none ? [line(facet, explore.NO_VALUE, levels.length, toggle)] : []),
    ];
    const list = vbd.element("div", { className: "facet-values" }, ...lines.map((l) => l.node));
    const parts = facet.style === "search" ? [find(facet, lines), list] : [list];
    return {
      node: vbd.element("div", { className: lines.length > LONG ? "long" : "" }, ...parts),
      update(match, filter) {
        const chosen = Array.isArray(filter) ? filter : [];
        const counts = explore.counts(facet, match);
        const highest = Math.max(...counts, 1);
        for (const one of lines) {
          const [count, isChosen] = [counts[one.code], chosen.includes(one.level)];
          one.update(count, highest, isChosen);
          if (facet.style === "search") one.node.style.order = orderOf(isChosen, count);
        }
      },
    };
  };

  /**
   * @param {boolean} isChosen
   * @param {number} count
   */
  function orderOf(isChosen, count) {
    if (isChosen) return "0";
    return count ? "1" : "2";
  }

  /** @typedef {ReturnType<typeof line>} Line */

  /**
   * @param {Explore.Facet} facet
   * @param {string} level
   * @param {number} code
   * @param {(value: string) => void} toggle
   */
  function line(facet, level, code, toggle) {
    const bar = vbd.element("span", { className: "facet-bar" });
    const count = vbd.element("span", { className: "facet-count" });
    const text = explore.levelShown(facet, level);
    const name = vbd.element("span", { className: "facet-name", title: text }, text);
    const look = { className: "facet-value", type: /** @type {const} */ ("button") };
    const node = vbd.element("button", look, bar, name, count);
    node.dataset.value = level;
    node.onclick = () => toggle(level);
    if (facet.colors[level])
      node.style.setProperty("--swatch", vbd.themes.css(facet.colors[level]));
    return {
      node,
      level,
      code,
      text: text.toLowerCase(),
      /**
       * @param {number} number
       * @param {number} highest
       * @param {boolean} chosen
       */
      update(number, highest, chosen) {
        count.textContent = number.toLocaleString("en");
        bar.style.width = `${(100 * number) / highest}%`;
        node.classList.toggle("none-left", number === 0);
        node.setAttribute("aria-pressed", String(chosen));
      },
    };
  }

  /**
   * The search field, which shows only lines that contain its text.
   * @param {Explore.Facet} facet
   * @param {Line[]} lines
   */
  function find(facet, lines) {
    const field = vbd.element("input", {
      className: "facet-find",
      type: "search",
      placeholder: `Find among ${lines.length}`,
      "aria-label": `Find in ${facet.title}`,
    });
    field.oninput = () => {
      const part = field.value.trim().toLowerCase();
      for (const one of lines) one.node.hidden = !one.text.includes(part);
    };
    return field;
  }
})();
