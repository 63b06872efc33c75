/**
 * The group view of Explore: the filtered rows as distributions of a measure. Its numbers are
 * requested when it is first opened; after that, filters are applied in the browser.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const AFTER = 120; // ms after a change: counts and chips are painted first, quick clicks drawn once

  /** @typedef {{table: Explore.Table, match: Explore.Match, chosen: Explore.GroupChoice}} Wanted */
  /** @typedef {ReturnType<typeof build>} Parts */
  /** @typedef {Parameters<VbdExplore["takeGroup"]>[1]} Gestures */

  /**
   * Set up the element. `changed(choice)` is called after a choice of the user, `highlighted(row)`
   * and `opened(row)` after a click and a double click on a point.
   */
  explore.takeGroup = (node, does) => {
    const parts = build(node);
    /** @type {Wanted | null} */
    let latest = null;
    let timer = 0;

    /** @param {Wanted} wanted */
    function show(wanted) {
      latest = wanted;
      node.dataset.state = "loading";
      clearTimeout(timer);
      timer = setTimeout(() => start(wanted).catch((error) => lost(error, wanted)), AFTER);
    }

    /** @param {Error} error @param {Wanted} wanted */
    function lost(error, wanted) {
      if (latest !== wanted) return;
      const again = vbd.element("button", { className: "quiet-button", type: "button" });
      again.textContent = "Try again";
      again.addEventListener("click", () => show(wanted));
      parts.told.replaceChildren(error.message, " ", again);
      node.dataset.state = "error";
    }

    /** @param {Wanted} wanted */
    async function start(wanted) {
      const [numbers, Plotly] = await Promise.all([
        explore.numbers(wanted.table.kind),
        vbd.late.plotly(),
      ]);
      if (latest !== wanted || !node.isConnected) return;
      await draw(parts, wanted, numbers, Plotly, { ...does, tell });
    }

    /** @param {string} text */
    function tell(text) {
      parts.told.textContent = text;
      node.dataset.state = "ready";
    }
    new ResizeObserver(() => {
      if (latest && !node.hidden) show({ ...latest });
    }).observe(parts.frame);
    return { show: (table, match, chosen) => show({ table, match, chosen }) };
  };

  /** @param {HTMLElement} node */
  function build(node) {
    /** @type {HTMLElement} */
    const plot = vbd.element("div");
    const frame = vbd.element("div", { className: "group-plot" }, plot); // scrolls where there are many panels
    const told = vbd.element("p", { className: "group-told", role: "status" });
    const tools = vbd.element("div", { className: "group-tools" });
    node.replaceChildren(tools, told, frame);
    return { plot, frame, told, tools };
  }

  /**
   * The choices, the sentence and the figure.
   * @param {Parts} parts
   * @param {Wanted} wanted
   * @param {Explore.Numbers} numbers
   * @param {PlotlyLibrary} Plotly
   * @param {Gestures & {tell(text: string): void}} does
   */
  async function draw({ plot, frame, tools }, { table, match, chosen }, numbers, Plotly, does) {
    const choice = explore.settled(table, numbers, chosen);
    explore.buildGroupTools(tools, table, numbers, choice, does.changed);
    const { measure } = choice;
    const by = explore.groupingOf(table, choice.by);
    const panelsBy = explore.groupingOf(table, choice.panels);
    if (!measure || !by)
      return does.tell(`There is nothing to measure in the ${table.many}. ${numbers.problem}`);
    const groups = explore.grouped(table, match, measure, by, panelsBy, numbers.prepared);
    does.tell(sentence(table, groups, measure));
    frame.hidden = !groups.valued;
    if (frame.hidden) return;
    const words = {
      by: by.title,
      measure: measure.unit ? `${measure.title} (${measure.unit})` : measure.title,
      one: table.one,
      width: frame.clientWidth - 80,
      height: frame.clientHeight - 4,
    };
    const { panels } = groups;
    const figure = explore.groupFigure(table, panels, choice.plot, words, numbers.template);
    const config = { ...vbd.vocabulary.graphConfig, displayModeBar: false }; // it would lie over it
    await Plotly.react(plot, figure.data, figure.layout, config);
    listen(/** @type {PlotlyElement} */ (plot), table, does);
  }

  /**
   * @param {PlotlyElement} plot
   * @param {Explore.Table} table
   * @param {Gestures} does
   */
  function listen(plot, table, { highlighted, opened }) {
    plot.removeAllListeners("plotly_click");
    plot.on("plotly_click", ({ points: [{ customdata: id }], event }) => {
      if (!id) return;
      const row = table.rows[table.ids.indexOf(id)];
      highlighted(row);
      if (event.detail > 1) opened(row);
    });
  }

  /**
   * A sentence with the number of rows shown, and why the others are not.
   * @param {Explore.Table} table
   * @param {Explore.Grouped} groups
   * @param {Explore.Measure} measure
   */
  function sentence(table, groups, measure) {
    /** @param {number} number */
    const n = (number) => number.toLocaleString("en");
    const { elsewhere, unprepared, without } = groups.missing;
    const parts = [
      `${n(groups.valued)} of the ${n(groups.total)} filtered ${table.many} have a value.`,
    ];
    if (elsewhere) parts.push(`${n(elsewhere)} are not on this machine.`);
    if (unprepared)
      parts.push(`${n(unprepared)} are not prepared yet: run “vbdash prepare --all”.`);
    if (without)
      parts.push(
        measure.prepared
          ? `${n(without)} were prepared but have none.`
          : `Of ${n(without)} the tables say nothing.`,
      );
    if (groups.left) parts.push(`${n(groups.left)} are in smaller groups, which are not drawn.`);
    const step = explore.pointStep(groups.panels);
    if (step > 1) parts.push(`One point in ${step} is drawn; boxes, violins and means are of all.`);
    return parts.join(" ");
  }
})();
