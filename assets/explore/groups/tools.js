/** The choices above Explore's groups: measure, grouping, panels and kind of plot. */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const FIRST_GROUPING = "experience_level";
  const NONE = "";

  /** What is shown: the user's choice if the table has it, else the default. */
  explore.settled = (table, { measures }, chosen) => {
    const names = explore.groupings(table).map(({ name }) => name);
    /** @param {string | null} name */
    const known = (name) => names.find((one) => one === name);
    const plots = /** @type {Explore.Settled["plot"][]} */ (Object.keys(explore.PLOTS));
    return {
      measure: measures.find(({ name }) => name === chosen.measure) || measures[0],
      by: known(chosen.by) ?? known(FIRST_GROUPING) ?? names[0],
      panels: known(chosen.panels) ?? NONE,
      plot: plots.find((plot) => plot === chosen.plot) ?? "box",
    };
  };

  /** Fill `tools` if they have changed; filling them again would close an open list. */
  explore.buildGroupTools = (tools, table, { measures, problem }, choice, changed) => {
    const groupings = explore
      .groupings(table)
      .map(({ name, title }) => /** @type {[string, string]} */ ([name, title]));
    const { measure } = choice;
    const key = JSON.stringify([
      table.kind,
      measures.map(({ name }) => name),
      groupings,
      { ...choice, measure: measure?.name },
    ]);
    if (tools.dataset.key === key) return;
    tools.dataset.key = key;
    /**
     * @param {string} text
     * @param {keyof Explore.GroupChoice} name
     * @param {HTMLElement[]} options
     * @param {string | undefined} value
     */
    const select = (text, name, options, value) => {
      const input = vbd.element("select", { "aria-label": text }, ...options);
      input.dataset.choice = name;
      input.value = value || NONE;
      input.onchange = () => changed({ [name]: input.value });
      return vbd.element("label", {}, `${text} `, input);
    };
    /** @type {[string, string]} */
    const onePanel = [NONE, "one panel"];
    tools.replaceChildren(
      select("Measure", "measure", sourced(measures, problem), measure?.name),
      select("by", "by", groupings.map(option), choice.by),
      select("in panels by", "panels", [onePanel, ...groupings].map(option), choice.panels),
      select("as", "plot", Object.entries(explore.PLOTS).map(option), choice.plot),
      vbd.element("span", { className: "group-explained" }, measure?.explanation || ""),
    );
  };

  /** @param {[string, string]} keyAndText */
  const option = ([value, text]) => vbd.element("option", { value }, text);

  /**
   * The measures in two groups: those of the tables, and those of prepared files.
   * @param {Explore.Measure[]} measures
   * @param {string} problem
   */
  function sourced(measures, problem) {
    /** @param {Explore.Measure} measure */
    const titled = ({ name, title, unit }) => option([name, unit ? `${title} (${unit})` : title]);
    /**
     * @param {string} label
     * @param {boolean} prepared
     */
    const group = (label, prepared) => {
      const options = measures.filter((one) => one.prepared === prepared).map(titled);
      return options.length ? [vbd.element("optgroup", { label }, ...options)] : [];
    };
    return [
      ...group("From the tables", false),
      ...group("From prepared files", true),
      ...(problem ? [vbd.element("optgroup", { label: problem })] : []),
    ];
  }
})();
