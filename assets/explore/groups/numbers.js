/**
 * The measures of Explore's rows: requested when they are first needed, and made facets of their
 * table, so that a range of any of them filters as every other facet does.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const ofKinds = explore.once(request);
  explore.numbers = ofKinds.get;
  explore.forgetNumbers = ofKinds.forget;

  explore.addMeasures = (table, { measures }) => {
    table.measures = measures.map((measure) => {
      const { name, title } = measure;
      const own = table.facets.find((facet) => facet.name === name);
      if (own?.values) return own; // the same numbers, and then the same filter
      const twice = measures.some((one) => one !== measure && one.title === title);
      const facet = asFacet(measure, own ? `measured.${name}` : name);
      facet.title += twice && measure.prepared ? ", in the file" : "";
      table.facet[facet.name] = facet;
      return facet;
    });
  };

  explore.takeMeasures = async (table, filters) => {
    if (!Object.keys(filters).some((name) => !table.facet[name])) return;
    const numbers = await explore.numbers(table.kind).catch(() => null);
    if (numbers) explore.addMeasures(table, numbers);
  };

  /**
   * @param {Explore.Measure} measure
   * @param {string} name
   * @returns {Explore.Facet}
   */
  const asFacet = ({ title, unit, explanation, values }, name) => ({
    name,
    title,
    unit,
    explanation,
    values,
    style: "range",
    open: false,
    shown_as: {},
    colors: {},
  });

  /**
   * @param {Explore.Kind} kind
   * @returns {Promise<Explore.Numbers>}
   */
  async function request(kind) {
    const answer = await fetch(vbd.url("measures", { kind })).catch(() => null);
    if (!answer?.ok)
      throw new Error(`The numbers could not be loaded (${answer?.status ?? "no answer"}).`);
    return answer.json();
  }
})();
