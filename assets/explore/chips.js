/** Shows the filters as chips that can be removed, and suggestions when no row is left. */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;

  /**
   * Show the chips of a view. `remove(name, value)` removes a filter (or one value of it), and
   * `clear()` removes all.
   */
  explore.showChips = (parent, table, view, { remove, clear }) => {
    const chips = Object.entries(view.filters).flatMap(([name, filter]) =>
      Array.isArray(filter)
        ? filter.map((value) => chip(table, name, [value], () => remove(name, value)))
        : [chip(table, name, filter, () => remove(name, null))],
    );
    if (view.search) chips.push(button("chip", searchShown(view.search), () => remove("search")));
    if (chips.length) chips.push(button("quiet-button clear-all", "clear all", clear));
    parent.replaceChildren(...chips);
  };

  /** Show why no row is left, with a button for each filter whose removal brings rows back. */
  explore.showNothing = (parent, table, view, match, { remove, clear }) => {
    parent.hidden = match.length > 0;
    if (parent.hidden) return;
    const ways = explore.wouldReturn(match).map(({ name, count }) => {
      const what =
        name === "search"
          ? searchShown(view.search)
          : explore.filterShown(table, name, view.filters[name]);
      const text = `without ${what} (${count.toLocaleString("en")})`;
      return button("quiet-button", text, () => remove(name, null));
    });
    const all = match.names.length ? [button("quiet-button", "clear all", clear)] : [];
    const sentences = [whyNothing(table, match, ways.length > 0)];
    if (view.search && explore.cellProblem)
      sentences.push(`Cells are not searched: ${explore.cellProblem}`);
    parent.replaceChildren(
      ...sentences.map((sentence) => vbd.element("p", {}, sentence)),
      vbd.element("div", {}, ...ways, ...all),
    );
  };

  /**
   * @param {Explore.Table} table
   * @param {Explore.Match} match
   * @param {boolean} hasWays whether removing a single filter brings rows back
   */
  function whyNothing(table, match, hasWays) {
    if (!match.names.length) return `The tables list no ${table.many}.`;
    if (hasWays)
      return `No ${table.one} has all of this. Take away the filter that empties the table:`;
    return `No ${table.one} has this, whichever single filter is taken away.`;
  }

  /**
   * @param {Explore.Table} table
   * @param {string} name
   * @param {Explore.Filter} filter
   * @param {() => void} remove
   */
  function chip(table, name, filter, remove) {
    const node = button("chip", explore.filterShown(table, name, filter), remove);
    node.dataset.facet = name;
    const facet = table.facet[name];
    const color = Array.isArray(filter) && facet?.colors[filter[0]];
    if (color) node.style.setProperty("--swatch", vbd.themes.css(color));
    if (!facet) {
      node.classList.add("idle");
      node.title = `Has no effect here: ${table.many} have no ${name}.`;
    }
    return node;
  }

  /**
   * @param {string} className
   * @param {string} text
   * @param {() => void} onclick
   */
  function button(className, text, onclick) {
    const node = vbd.element("button", { className, type: "button", onclick }, text);
    if (className === "chip") node.setAttribute("aria-label", `Remove ${text}`);
    return node;
  }

  /** @param {string} text */
  function searchShown(text) {
    const cells = explore.searchParts(text).filter((part) => explore.experimentsOfCell(part).size);
    return cells.length ? `Search: cell ${cells.join(", ")}` : `Search: ${text}`;
  }
})();
