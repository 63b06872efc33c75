/**
 * Filters: toggles a value, and formats a filter as text. Pure: without page or server.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;

  explore.NO_VALUE = "none";

  /** The filter of a facet of values after a click on one of them; null for none. */
  explore.toggled = (filter, value) => {
    const values = Array.isArray(filter) ? filter : [];
    const next = values.includes(value)
      ? values.filter((one) => one !== value)
      : [...values, value];
    return next.length ? next : null;
  };

  /** A level as text. */
  explore.levelShown = (facet, level) =>
    level === explore.NO_VALUE ? "no value" : facet.shown_as[level] || level;

  /** A filter as text; the table may lack its facet. */
  explore.filterShown = (table, name, filter) => {
    const facet = table.facet[name];
    const shown = Array.isArray(filter)
      ? filter.map((level) => explore.levelShown(facet || { shown_as: {} }, level)).join(" or ")
      : rangeShown(filter, facet && facet.style !== "dates" ? facet.unit : "");
    return `${facet?.title ?? name}: ${shown}`;
  };

  /**
   * @param {Explore.Range} range
   * @param {string} unit
   */
  function rangeShown({ from, to }, unit) {
    const end = unit && ` ${unit}`;
    if (from === null) return `up to ${to}${end}`;
    if (to === null) return `from ${from}${end}`;
    return from === to ? `${from}${end}` : `${from} to ${to}${end}`;
  }
})();
