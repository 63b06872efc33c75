/** The column of facets: built once per table, updated after every change of the filters. */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  /**
   * The facets that the user opened or closed, remembered for all tables.
   * @type {Map<string, boolean>}
   */
  const opened = new Map();

  /**
   * Fill `parent` with a table's facets. `choose(name, filter)` is called with the new filter of
   * a facet, null for none. Facets in `filters` are open. Returns `update(match, filters)`.
   */
  explore.buildFacets = (parent, table, filters, choose) => {
    /** @type {{match: Explore.Match, filters: Explore.Filters} | null} */
    let latest = null;
    const built = table.facets.filter(hasChoice).map((facet) => {
      const body = bodyOf(
        facet,
        (filter) => choose(facet.name, filter),
        () => latest?.filters[facet.name],
      );
      const refresh = () => latest && body.update(latest.match, latest.filters[facet.name]);
      const open = facet.open || facet.name in filters;
      return { facet, refresh, node: section(facet, body.node, open, refresh) };
    });
    parent.replaceChildren(...built.map((one) => one.node));
    return (match, wanted) => {
      latest = { match, filters: wanted };
      for (const { facet, refresh, node } of built) {
        node.classList.toggle("filtered", Boolean(wanted[facet.name]));
        if (node.open) refresh();
      }
    };
  };

  /** @param {Explore.Facet} facet */
  const hasChoice = (facet) =>
    (facet.levels || facet.values.filter((value) => value !== null)).length > 0;

  /**
   * @param {Explore.Facet} facet
   * @param {(filter: Explore.Filter | null) => void} choose
   * @param {() => Explore.Filter | undefined} chosen
   */
  function bodyOf(facet, choose, chosen) {
    if (!facet.levels) return explore.rangeFacet(facet, choose);
    return explore.valuesFacet(facet, (value) => choose(explore.toggled(chosen(), value)));
  }

  /**
   * @param {Explore.Facet} facet
   * @param {HTMLElement} body
   * @param {boolean} open
   * @param {() => void} onOpen
   */
  function section(facet, body, open, onOpen) {
    const title = vbd.element("summary", { title: facet.explanation }, facet.title);
    const look = { className: "facet", id: `facet-${facet.name}` };
    const node = vbd.element("details", look, title, body);
    node.open = opened.get(facet.name) ?? open;
    node.ontoggle = () => {
      opened.set(facet.name, node.open);
      if (node.open) onOpen();
    };
    return node;
  }
})();
