/**
 * A facet of values: one line each with its count and a bar; a click includes or leaves out. In a
 * list that can be searched, what is chosen comes first and what has no rows last.
 */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const LONG = 9;

  /** A new element: its tag, properties (or data-, aria-, style attributes) and children. */
  explore.element = function (tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    Object.entries(properties).forEach(([name, value]) => {
      if (name in node && name !== "style") node[name] = value;
      else node.setAttribute(name, value);
    });
    node.append(...children);
    return node;
  };

  /** Build a facet of values; `toggle(value)` is called with a level or explore.NO_VALUE. */
  explore.valuesFacet = function (facet, toggle) {
    const none = facet.codes.some((code) => code === -1);
    const levels = facet.levels.map(String).concat(none ? explore.NO_VALUE : []);
    const lines = levels.map((level, code) => line(facet, level, code, toggle));
    const list = explore.element("div", { className: "facet-values" }, ...lines.map((l) => l.node));
    const parts = facet.style === "search" ? [find(facet, lines), list] : [list];
    return {
      node: explore.element("div", { className: levels.length > LONG ? "long" : "" }, ...parts),
      update(match, wanted) {
        const counts = explore.counts(facet, match);
        const most = Math.max(...counts, 1);
        lines.forEach((one) => {
          const [count, chosen] = [counts[one.code], (wanted || []).includes(one.level)];
          one.update(count, most, chosen);
          if (facet.style === "search") one.node.style.order = chosen ? 0 : count ? 1 : 2;
        });
      },
    };
  };

  /** A level as the page writes it. */
  explore.levelShown = (facet, level) =>
    level === explore.NO_VALUE ? "no value" : facet.shown_as[level] || level;

  function line(facet, level, place, toggle) {
    const code = level === explore.NO_VALUE ? facet.levels.length : place;
    const bar = explore.element("span", { className: "facet-bar" });
    const count = explore.element("span", { className: "facet-count" });
    const text = explore.levelShown(facet, level);
    const name = explore.element("span", { className: "facet-name", title: text }, text);
    const node = explore.element(
      "button",
      { className: "facet-value", type: "button" },
      bar,
      name,
      count,
    );
    node.dataset.value = level;
    node.onclick = () => toggle(level);
    if (facet.colors[level]) node.style.setProperty("--swatch", facet.colors[level]);
    return {
      node,
      level,
      code,
      text: text.toLowerCase(),
      update(number, most, chosen) {
        count.textContent = number.toLocaleString("en");
        bar.style.width = `${(100 * number) / most}%`;
        node.classList.toggle("none-left", number === 0);
        node.setAttribute("aria-pressed", chosen);
      },
    };
  }

  function find(facet, lines) {
    const field = explore.element("input", {
      className: "facet-find",
      type: "search",
      placeholder: `Find among ${lines.length}`,
      "aria-label": `Find in ${facet.title}`,
    });
    field.oninput = () => {
      const part = field.value.trim().toLowerCase();
      lines.forEach((one) => (one.node.hidden = !one.text.includes(part)));
    };
    return field;
  }
})();
