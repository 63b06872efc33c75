/**
 * The group view of Explore: the filtered rows as distributions of a measure. Its numbers are
 * asked for when it is first opened; what follows a filter happens in the browser.
 */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const AFTER = 120; // ms after a change: counts and chips are painted first, quick clicks drawn once
  const FIRST_GROUPING = "experience_level";
  const NONE = "";

  /**
   * Take over the element. `changed(choice)` is called when the reader chooses anew,
   * `highlighted(row)` and `opened(row)` on a click and a double click on a point.
   */
  explore.takeGroup = function (node, { changed, highlighted, opened }) {
    const loaded = {};
    let latest = null;
    let timer = null;
    const plot = explore.element("div", {});
    const frame = explore.element("div", { className: "group-plot" }, plot); // scrolls where there are many panels
    const told = explore.element("p", { className: "group-told", role: "status" });
    const tools = explore.element("div", { className: "group-tools" });
    node.replaceChildren(tools, told, frame);

    function show(table, match, chosen) {
      latest = { table, match, chosen };
      node.dataset.state = "loading";
      clearTimeout(timer);
      timer = setTimeout(() => draw(latest).catch((error) => tell(error.message)), AFTER);
    }

    async function draw(now) {
      const { table } = now;
      loaded[table.kind] = loaded[table.kind] || load(table.kind);
      loaded[table.kind].catch(() => delete loaded[table.kind]);
      const numbers = await loaded[table.kind];
      const Plotly = await plotly();
      if (latest !== now || !node.isConnected) return;
      const choice = settled(table, numbers, now.chosen);
      buildTools(tools, table, numbers, choice, changed);
      if (!choice.measure)
        return tell(`There is nothing to measure in the ${table.many}. ${numbers.problem}`);
      const [by, panels] = [
        explore.groupingOf(table, choice.by),
        choice.panels && explore.groupingOf(table, choice.panels),
      ];
      const groups = explore.grouped(
        table,
        now.match,
        choice.measure,
        by,
        panels,
        numbers.prepared,
      );
      tell(sentence(table, groups, choice));
      frame.hidden = !groups.valued;
      if (groups.valued) await paint(Plotly, table, groups, choice, by, numbers.template);
    }

    async function paint(Plotly, table, groups, choice, by, template) {
      const { title, unit } = choice.measure;
      const words = {
        by: by.title,
        measure: unit ? `${title} (${unit})` : title,
        one: table.one,
        width: frame.clientWidth - 80,
        height: frame.clientHeight - 4,
      };
      const { data, layout } = explore.groupFigure(
        table,
        groups.panels,
        choice.plot,
        words,
        template,
      );
      await Plotly.react(plot, data, layout, { displaylogo: false });
      const row = (event) => table.rows[table.ids.indexOf(event.points[0].customdata)];
      plot.removeAllListeners("plotly_click");
      plot.on("plotly_click", (event) => {
        if (!event.points[0].customdata) return;
        highlighted(row(event));
        if (event.event.detail > 1) opened(row(event));
      });
    }

    function tell(text) {
      told.textContent = text;
      node.dataset.state = "ready";
    }
    new ResizeObserver(
      () => latest && !node.hidden && show(latest.table, latest.match, latest.chosen),
    ).observe(frame);
    return { show };
  };

  async function load(kind) {
    const answer = await fetch(vbd.url("measures", { kind }));
    if (!answer.ok)
      throw new Error(`The numbers could not be loaded (${answer.status}). Reload the page.`);
    return answer.json();
  }

  async function plotly() {
    while (!window.Plotly) await new Promise((resolve) => setTimeout(resolve, 50));
    await window.Plotly;
    return window.Plotly;
  }

  /** What is shown: the reader's choice where the table has it, else the first. */
  function settled(table, { measures }, chosen) {
    const names = explore.groupings(table).map(({ name }) => name);
    const usual = names.includes(FIRST_GROUPING) ? FIRST_GROUPING : names[0];
    return {
      measure: measures.find(({ name }) => name === chosen.measure) || measures[0],
      by: names.includes(chosen.by) ? chosen.by : usual,
      panels: names.includes(chosen.panels) ? chosen.panels : NONE,
      plot: chosen.plot in explore.PLOTS ? chosen.plot : "box",
    };
  }

  function buildTools(tools, table, { measures, problem }, choice, changed) {
    const groupings = explore.groupings(table).map(({ name, title }) => [name, title]);
    const key = JSON.stringify([
      table.kind,
      measures.map(({ name }) => name),
      groupings,
      { ...choice, measure: choice.measure?.name },
    ]);
    if (tools.dataset.key === key) return;
    tools.dataset.key = key;
    tools.replaceChildren(
      select("Measure", "measure", sourced(measures, problem), choice.measure?.name, changed),
      select("by", "by", groupings.map(option), choice.by, changed),
      select(
        "in panels by",
        "panels",
        [[NONE, "one panel"], ...groupings].map(option),
        choice.panels,
        changed,
      ),
      select("as", "plot", Object.entries(explore.PLOTS).map(option), choice.plot, changed),
      explore.element("span", { className: "group-explained" }, choice.measure?.explanation || ""),
    );
  }

  const option = ([key, shown]) => explore.element("option", { value: key }, shown);

  /** The measures in two groups: those of the tables, and those of prepared files. */
  function sourced(measures, problem) {
    const titled = ({ name, title, unit }) => option([name, unit ? `${title} (${unit})` : title]);
    const sources = [
      ["From the tables", false],
      ["From prepared files", true],
    ];
    const found = sources
      .map(([label, prepared]) =>
        explore.element(
          "optgroup",
          { label },
          ...measures.filter((one) => one.prepared === prepared).map(titled),
        ),
      )
      .filter((group) => group.children.length);
    if (problem) found.push(explore.element("optgroup", { label: problem }));
    return found;
  }

  function select(text, name, options, value, changed) {
    const input = explore.element("select", { "aria-label": text }, ...options);
    input.dataset.choice = name;
    input.value = value || NONE;
    input.onchange = () => changed({ [name]: input.value });
    return explore.element("label", {}, `${text} `, input);
  }

  /** How many rows are shown, and what became of the others. */
  function sentence(table, groups, { measure }) {
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
