/** The column of facets: built once per table, updated after every change of the filters. */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const opened = {}; // which facets the reader opened or closed, kept while going through tables

  /**
   * Fill `parent` with a table's facets. `choose(name, wanted)` is called with the new filter of
   * a facet, null for none. Facets that `filters` names are open. Returns `update(match, filters)`.
   */
  explore.buildFacets = function (parent, table, filters, choose) {
    let latest = null;
    const built = table.facets.filter(hasChoice).map((facet) => {
      const body = bodyOf(
        facet,
        (wanted) => choose(facet.name, wanted),
        () => latest,
      );
      const open = facet.open || facet.name in filters;
      const node = section(facet, body.node, open, () => latest && refresh({ facet, body }));
      return { facet, body, node };
    });
    const refresh = ({ facet, body }) => body.update(latest.match, latest.filters[facet.name]);
    parent.replaceChildren(...built.map((one) => one.node));
    return function update(match, filters) {
      latest = { match, filters };
      built.forEach((one) => {
        one.node.classList.toggle("filtered", Boolean(filters[one.facet.name]));
        if (one.node.open) refresh(one);
      });
    };
  };

  /** The filter of a facet of values after one of them was clicked. */
  explore.toggled = function (wanted, value) {
    const values = Array.isArray(wanted) ? wanted : [];
    const next = values.includes(value)
      ? values.filter((one) => one !== value)
      : [...values, value];
    return next.length ? next : null;
  };

  const hasChoice = (facet) =>
    (facet.levels || facet.values.filter((value) => value !== null)).length;

  function bodyOf(facet, choose, latest) {
    if (!facet.levels) return explore.rangeFacet(facet, choose);
    return explore.valuesFacet(facet, (value) =>
      choose(explore.toggled(latest().filters[facet.name], value)),
    );
  }

  function section(facet, body, open, onOpen) {
    const title = explore.element("summary", { title: facet.explanation }, facet.title);
    const node = explore.element(
      "details",
      { className: "facet", id: `facet-${facet.name}` },
      title,
      body,
    );
    node.open = facet.name in opened ? opened[facet.name] : open;
    node.ontoggle = () => {
      opened[facet.name] = node.open;
      if (node.open) onOpen();
    };
    return node;
  }
})();
