/**
 * Builds the Plotly figure of the group view: boxes, violins or means, and the rows as points. Pure:
 * without page or server.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const colors = () => vbd.vocabulary.colors;
  const MOST_POINTS = 1000; // each point is an SVG element
  const FEW = 5; // values; with fewer, only points and their median are drawn, no box
  const LETTER = 6.2; // px
  const MARGIN = { l: 60, r: 12, t: 10, b: 60 }; // px
  const UNDER = { upright: 44, slanted: 96 }; // px for the names under a panel that has one below it
  const OVER = 32; // px for a panel's title, which may have two lines
  const TITLE_LETTER = 7.5; // px
  const LOWEST = 230; // px, of a panel among several rows

  explore.PLOTS = { box: "Box", violin: "Violin", mean: "Mean ± SEM" };

  /** The step between rows that are drawn as points: 1 for all, more if there are too many. */
  explore.pointStep = (panels) =>
    Math.ceil(
      panels.flatMap((p) => p.groups).reduce((n, g) => n + g.values.length, 0) / MOST_POINTS,
    ) || 1;

  /** The figure; `words` are the titles of the axes and the noun for a row. */
  explore.groupFigure = (table, panels, plot, words, template) => {
    const frame = frameOf(panels, words);
    const size = explore.pointStep(panels) > 1 || panels.length > 4 ? 4 : 7;
    const margin = { ...MARGIN, t: panels.length > 1 ? OVER : MARGIN.t };
    /** @type {PlotlyLayout & {annotations: object[]}} */
    const layout = {
      template,
      margin,
      height: frame.height,
      annotations: [],
      violingap: 0,
      boxgap: 0,
      hovermode: "closest",
    };
    const data = panels.flatMap((panel, i) => {
      const axes = { xaxis: i ? `x${i + 1}` : "x", yaxis: i ? `y${i + 1}` : "y" };
      addAxes(layout, i, frame, panel, words, panels.length);
      const shapes = panel.groups.flatMap((group, x) =>
        group.values.length ? shape(plot, group, x) : [],
      );
      return [...shapes, points(table, panel, words, explore.pointStep(panels), size)].map(
        (trace) => ({ ...trace, ...axes }),
      );
    });
    return { data, layout };
  };

  /** @typedef {ReturnType<typeof frameOf>} Frame */

  /**
   * The numbers of columns and rows of panels, the height of the figure (px), and the shares of it
   * below and above a panel.
   * @param {Explore.Panel[]} panels
   * @param {Explore.FigureWords} words
   */
  function frameOf(panels, words) {
    const names = panels[0].groups.map(({ label }) => Math.max(label.length, 9) + 1);
    const columns = Math.min(
      panels.length,
      panels.length > 4 ? Math.ceil(Math.sqrt(panels.length)) : 4,
    );
    const rows = Math.ceil(panels.length / columns);
    const slanted = columns * names.reduce((sum, n) => sum + n, 0) * LETTER > words.width;
    const height =
      rows > 1
        ? Math.max(words.height, rows * (LOWEST + (slanted ? UNDER.slanted : UNDER.upright)))
        : words.height;
    return {
      columns,
      rows,
      slanted,
      height,
      under: (slanted ? UNDER.slanted : UNDER.upright) / height,
      over: OVER / height,
    };
  }

  /**
   * Add the axes and the title of one of `count` panels to the layout.
   * @param {PlotlyLayout & {annotations: object[]}} layout
   * @param {number} i
   * @param {Frame} frame
   * @param {Explore.Panel} panel
   * @param {Explore.FigureWords} words
   * @param {number} count
   */
  function addAxes(layout, i, frame, panel, words, count) {
    const number = i ? String(i + 1) : "";
    const isLast = i + frame.columns >= count; // there is no panel below
    const { x, y } = domains(i, frame);
    layout[`xaxis${number}`] = {
      domain: x,
      anchor: `y${number}`,
      title: { text: isLast ? vbd.literal(words.by) : "", standoff: 6 },
      automargin: isLast,
      ...ticks(panel.groups, frame.slanted),
    };
    const isFirst = i % frame.columns === 0;
    layout[`yaxis${number}`] = {
      domain: y,
      anchor: `x${number}`,
      matches: i ? "y" : undefined,
      title: { text: isFirst ? vbd.literal(words.measure) : "", standoff: 4 },
      showticklabels: isFirst,
      showgrid: true,
      gridcolor: "#eef1f5",
      automargin: true,
    };
    if (count > 1) layout.annotations.push(title(panel.label, x, y[1], frame, words));
  }

  /**
   * The x and y domains of a panel, in shares of the figure.
   * @param {number} i
   * @param {Frame} frame
   */
  function domains(i, { columns, rows, under, over }) {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const [wide, high] = [1 / columns, 1 / rows];
    const bottom = 1 - (row + 1) * high + (row + 1 < rows ? under : 0);
    const top = 1 - row * high - (row ? over : 0);
    return { x: [column * wide + (column ? 0.03 : 0), (column + 1) * wide], y: [bottom, top] };
  }

  /**
   * The tick labels with the names of a panel's groups.
   * @param {Explore.Group[]} groups
   * @param {boolean} slanted
   */
  function ticks(groups, slanted) {
    const names = groups.map(
      ({ label, values }) =>
        `${vbd.literal(label)}${slanted ? ", " : "<br>"}n = ${values.length.toLocaleString("en")}`,
    );
    return {
      range: [-0.6, groups.length - 0.4],
      tickvals: names.map((_, j) => j),
      ticktext: names,
      tickangle: slanted ? -35 : 0,
      tickfont: { size: 11 },
      fixedrange: true,
    };
  }

  /** A label in lines of at most so many letters, two where it is longer; only beyond these is it cut. */
  explore.titleLines = (label, most) => {
    if (label.length <= most) return [label];
    const breaks = [...label.matchAll(/[_ -]/g)].map(({ index }) => index + 1);
    const middle = label.length / 2;
    const near = breaks.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    const at = near[0] ?? Math.ceil(middle);
    return [label.slice(0, at).trimEnd(), label.slice(at)].map((line) =>
      line.length > most ? `${line.slice(0, most - 1)}…` : line,
    );
  };

  /**
   * @param {string} label
   * @param {number[]} x
   * @param {number} y
   * @param {Frame} frame
   * @param {Explore.FigureWords} words
   */
  function title(label, x, y, { columns }, { width }) {
    const most = Math.floor(width / columns / TITLE_LETTER);
    const lines = explore.titleLines(label, most).map(vbd.literal);
    return {
      text: `<b>${lines.join("<br>")}</b>`,
      hovertext: vbd.literal(label),
      x: (x[0] + x[1]) / 2,
      y,
      xref: "paper",
      yref: "paper",
      xanchor: "center",
      yanchor: "bottom",
      showarrow: false,
      font: { size: lines.length > 1 ? 11 : 12 },
    };
  }

  /**
   * The box, violin or mean of one group.
   * @param {keyof VbdExplore["PLOTS"]} plot
   * @param {Explore.Group} group
   * @param {number} x
   * @returns {PlotlyTrace[]}
   */
  function shape(plot, { values, color, label }, x) {
    const ink = color || colors().accent;
    const shared = { name: vbd.literal(label), hoverinfo: "skip", showlegend: false };
    if (plot === "mean") return [mean(values, ink, x, shared)];
    if (values.length < FEW) return [median(values, ink, x, shared)];
    const all = {
      ...shared,
      x: values.map(() => x),
      y: values,
      width: 0.62,
      line: { color: ink, width: 1.4 },
      fillcolor: `${ink}26`,
    };
    if (plot === "violin")
      return [
        { ...all, type: "violin", points: false, meanline: { visible: true }, spanmode: "hard" },
      ];
    return [{ ...all, type: "box", boxpoints: false }];
  }

  /**
   * @param {number[]} values
   * @param {string} color
   * @param {number} x
   * @param {PlotlyTrace} shared what all shapes have in common
   * @returns {PlotlyTrace}
   */
  function mean(values, color, x, shared) {
    const n = values.length;
    const average = values.reduce((sum, value) => sum + value, 0) / n;
    const spread = Math.sqrt(
      values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (n - 1),
    );
    const error_y = {
      visible: n > 1,
      type: "data",
      array: [spread / Math.sqrt(n)],
      thickness: 1.2,
      width: 5,
      color: colors().ink,
    };
    return {
      ...shared,
      type: "bar",
      x: [x],
      y: [average],
      width: 0.62,
      marker: { color: `${color}66`, line: { color, width: 1 } },
      error_y,
    };
  }

  /**
   * @param {number[]} values
   * @param {string} color
   * @param {number} x
   * @param {PlotlyTrace} shared what all shapes have in common
   * @returns {PlotlyTrace}
   */
  function median(values, color, x, shared) {
    const sorted = [...values].sort((a, b) => a - b);
    const half = Math.floor(sorted.length / 2);
    const middle = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return {
      ...shared,
      type: "scatter",
      mode: "lines",
      x: [x - 0.3, x + 0.3],
      y: [middle, middle],
      line: { color, width: 2 },
    };
  }

  /**
   * Every `step`-th row as a point; `customdata` has the row's id for clicks.
   * @param {Explore.Table} table
   * @param {Explore.Panel} panel
   * @param {Explore.FigureWords} words
   * @param {number} step
   * @param {number} size
   * @returns {PlotlyTrace}
   */
  function points(table, panel, words, step, size) {
    const all = panel.groups.flatMap(({ rows, values, color, label }, x) =>
      rows.map((index, i) => ({
        id: table.rows[index].id,
        x,
        value: values[i],
        color: color || colors().accent,
        label,
      })),
    );
    const drawn = all.filter((_, i) => i % step === 0);
    return {
      type: "scatter",
      mode: "markers",
      showlegend: false,
      x: drawn.map(({ x, id }) => x + jitter(id)),
      y: drawn.map(({ value }) => value),
      customdata: drawn.map(({ id }) => id),
      text: drawn.map(({ id, label }) => `${words.one} ${id}<br>${vbd.literal(label)}`),
      marker: {
        size,
        opacity: 0.75,
        color: drawn.map(({ color }) => color),
        line: { color: colors().paper, width: 0.6 },
      },
      hovertemplate: `%{text}<br>${vbd.literal(words.measure)}: %{y:.4~g}<extra></extra>`,
    };
  }

  /**
   * The horizontal offset of a point, which is always the same for a row.
   * @param {string} id
   */
  function jitter(id) {
    let hash = 0;
    for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) % 9973;
    return (((hash * 7919) % 9973) / 9973 - 0.5) * 0.44;
  }
})();
