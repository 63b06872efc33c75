/** What is selected, as chips that can be taken away, and what to do when nothing is left. */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});

  /**
   * Show the chips of a view. `remove(name, value)` takes a filter (or one value of it) away,
   * `clear()` all of them.
   */
  explore.showChips = function (parent, table, view, { remove, clear }) {
    const chips = Object.entries(view.filters).flatMap(([name, wanted]) =>
      Array.isArray(wanted)
        ? wanted.map((value) => chip(table, name, value, () => remove(name, value)))
        : [chip(table, name, wanted, () => remove(name, null))],
    );
    if (view.search) chips.push(button("chip", searchShown(view.search), () => remove("search")));
    if (chips.length) chips.push(button("quiet-button clear-all", "clear all", clear));
    parent.replaceChildren(...chips);
  };

  /** Say which filter emptied the table, with a button for each that would bring rows back. */
  explore.showNothing = function (parent, table, view, match, { remove, clear }) {
    parent.hidden = match.length > 0;
    if (parent.hidden) return;
    const { element } = explore;
    const ways = explore.wouldReturn(match).map(({ name, count }) => {
      const what =
        name === "search" ? searchShown(view.search) : filterShown(table, name, view.filters[name]);
      const text = `without ${what} (${count.toLocaleString("en")})`;
      return button("quiet-button", text, () => remove(name, null));
    });
    const all = match.names.length ? [button("quiet-button", "clear all", clear)] : [];
    const sentences = [whyNothing(table, match, ways)];
    if (view.search && explore.cellProblem)
      sentences.push(`Cells are not searched: ${explore.cellProblem}`);
    parent.replaceChildren(
      ...sentences.map((sentence) => element("p", {}, sentence)),
      element("div", {}, ...ways, ...all),
    );
  };

  function whyNothing(table, match, ways) {
    if (!match.names.length) return `The tables list no ${table.many}.`;
    if (ways.length)
      return `No ${table.one} has all of this. Take away the filter that empties the table:`;
    return `No ${table.one} has this, whichever single filter is taken away.`;
  }

  function chip(table, name, wanted, remove) {
    const node = button("chip", filterShown(table, name, wanted), remove);
    node.dataset.facet = name;
    const facet = table.facet[name];
    if (!facet) {
      node.classList.add("idle");
      node.title = `Has no effect here: ${table.many} have no ${name}.`;
    } else if (facet.colors[wanted]) {
      node.style.setProperty("--swatch", facet.colors[wanted]);
    }
    return node;
  }

  function button(className, text, onclick) {
    const node = explore.element("button", { className, type: "button", onclick }, text);
    if (className === "chip") node.setAttribute("aria-label", `Remove ${text}`);
    return node;
  }

  function filterShown(table, name, wanted) {
    const facet = table.facet[name] || { title: name, unit: "", shown_as: {} };
    const values = [wanted].flat().map((value) => valueShown(facet, value));
    return `${facet.title}: ${values.join(" or ")}`;
  }

  function valueShown(facet, value) {
    if (typeof value !== "object") return explore.levelShown(facet, value);
    const unit = facet.unit && facet.style !== "dates" ? ` ${facet.unit}` : "";
    if (value.from === null) return `up to ${value.to}${unit}`;
    if (value.to === null) return `from ${value.from}${unit}`;
    return value.from === value.to ? `${value.from}${unit}` : `${value.from} to ${value.to}${unit}`;
  }

  function searchShown(text) {
    const cells = text.split(/[\s,;]+/).filter((part) => explore.experimentsOfCell(part));
    return cells.length ? `Search: cell ${cells.join(", ")}` : `Search: ${text}`;
  }
})();
