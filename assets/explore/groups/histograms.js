/**
 * The histograms of Explore: one of every measure above the table. A range that is chosen in one
 * filters the table and the others, in the browser.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const KEYS = "Arrow keys choose a range, with Shift its upper end; Delete takes it back.";

  /** @typedef {{table: Explore.Table, match: Explore.Match, filters: Explore.Filters}} Wanted */
  /** @typedef {{facet: Explore.Facet, node: HTMLElement, update: Explore.FacetBody["update"]}} Card */
  /** @typedef {(name: string, filter: Explore.Filter | null) => void} Choose */

  explore.takeHistograms = (node, choose) => {
    /** @type {Wanted | null} */
    let latest = null;
    /** @type {Explore.Facet[] | null} */
    let built = null;
    /** @type {Card[]} */
    let cards = [];
    const chosen = (/** @type {string} */ name) => latest?.filters[name];

    /** @param {Wanted} wanted */
    function draw({ table, match, filters }) {
      if (built !== table.measures) {
        built = table.measures ?? [];
        cards = built.map((facet) => card(facet, choose, chosen));
        node.replaceChildren(...(cards.length ? cards.map((one) => one.node) : [nothing(table)]));
      }
      for (const { facet, node, update } of cards) {
        node.classList.toggle("filtered", Boolean(filters[facet.name]));
        update(match, filters[facet.name]);
      }
      node.dataset.state = "ready";
    }

    /** @param {Wanted} wanted */
    async function load(wanted) {
      node.dataset.state = "loading";
      try {
        explore.addMeasures(wanted.table, await explore.numbers(wanted.table.kind));
        if (latest?.table === wanted.table) draw(latest);
      } catch (error) {
        if (latest?.table === wanted.table) lost(wanted, error);
      }
    }

    /** @param {Wanted} wanted @param {unknown} error */
    function lost(wanted, error) {
      const again = vbd.element("button", { className: "quiet-button", type: "button" });
      again.textContent = "Try again";
      again.addEventListener("click", () => load(wanted));
      built = null;
      node.replaceChildren(error instanceof Error ? error.message : String(error), " ", again);
      node.dataset.state = "error";
    }

    return {
      show(table, match, filters) {
        latest = { table, match, filters };
        if (table.measures) draw(latest);
        else load(latest);
      },
    };
  };

  /** @param {Explore.Table} table */
  const nothing = (table) =>
    vbd.element(
      "p",
      { className: "group-told" },
      `There is nothing to measure in the ${table.many}.`,
    );

  /**
   * A measure's title and its histogram, or why there is none.
   * @param {Explore.Facet} facet
   * @param {Choose} choose
   * @param {(name: string) => Explore.Filter | undefined} chosen
   * @returns {Card}
   */
  function card(facet, choose, chosen) {
    const { name, explanation, unit } = facet;
    const title = unit ? `${facet.title} (${unit})` : facet.title;
    const head = vbd.element("h3", { title: `${title}. ${explanation}` }, title);
    const look = { className: "measure", id: `measure-${name}` };
    if (facet.values?.every((value) => value === null)) {
      const none = "No recording of this table has been prepared.";
      const told = vbd.element("p", { className: "facet-missing" }, none);
      return { facet, node: vbd.element("div", look, head, told), update: () => {} };
    }
    /** @param {Explore.Range | null} range */
    const chose = (range) => choose(name, range);
    const body = explore.rangeFacet(facet, chose);
    explore.brushKeys(body.plot, body.scale, chose, () => chosen(name));
    body.plot.setAttribute("role", "group");
    body.plot.setAttribute("aria-label", `Histogram of ${title}`);
    body.plot.setAttribute("aria-description", KEYS);
    return { facet, node: vbd.element("div", look, head, body.node), update: body.update };
  }
})();
