/**
 * What the rows that pass are made of: counts of rows and mice by Cre line, area and depth, in columns
 * of experience levels.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const PARTS = ["cre_line", "targeted_structure", "imaging_depth"];
  const ACROSS = "experience_level";
  const DEPTHS = 100; // µm a row
  const NONE = "not known";

  /** @param {Explore.Column} column @param {Explore.Row} row */
  function words(column, row) {
    const value = row[column.name];
    if (value === null || value === undefined || value === "") return NONE;
    if (column.name !== "imaging_depth") return explore.shown(column, value);
    const low = Math.floor(Number(value) / DEPTHS) * DEPTHS;
    return `${low}–${low + DEPTHS - 1}`;
  }

  /** @param {Explore.Row[]} rows */
  function counted(rows) {
    if (!rows.length) return vbd.element("td", {}, "·");
    const mice = new Set(rows.map((row) => row.mouse_id)).size;
    const said = `${rows.length} of ${mice} ${mice === 1 ? "mouse" : "mice"}`;
    const small = vbd.element("small", {}, ` ${mice} ${mice === 1 ? "mouse" : "mice"}`);
    return vbd.element("td", { title: said }, rows.length.toLocaleString("en"), small);
  }

  /** The different texts of a column in the rows, in the order of its facet. */
  /** @param {Explore.Column} column @param {Explore.Row[]} rows */
  function levels(column, rows) {
    const found = [...new Set(rows.map((row) => words(column, row)))].sort();
    const order = column.levels?.map((level) => explore.shown(column, level)) ?? [];
    return found.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  }

  /** @param {string[]} names @param {Explore.Row[][]} cells */
  const line = (names, cells) =>
    vbd.element(
      "tr",
      {},
      ...names.map((name) => vbd.element("th", { scope: "row" }, name)),
      ...cells.map(counted),
    );

  /** @param {Explore.Table} table @param {Explore.Row[]} rows */
  function build(table, rows) {
    const parts = PARTS.flatMap((name) => table.column[name] ?? []);
    const across = table.column[ACROSS];
    const columns = across ? levels(across, rows) : [];
    /** @param {Explore.Row[]} some */
    const cells = (some) => [
      ...columns.map((level) => some.filter((row) => across && words(across, row) === level)),
      some,
    ];
    /** @type {Map<string, Explore.Row[]>} */
    const groups = new Map();
    for (const row of rows) {
      const key = parts.map((part) => words(part, row)).join("\n");
      const some = groups.get(key);
      if (some) some.push(row);
      else groups.set(key, [row]);
    }
    const heads = [...parts.map(({ title }) => title), ...columns, "all"];
    const lines = [...groups].sort(([one], [other]) => one.localeCompare(other));
    return vbd.element(
      "table",
      { className: "composition" },
      vbd.element(
        "thead",
        {},
        vbd.element("tr", {}, ...heads.map((head) => vbd.element("th", { scope: "col" }, head))),
      ),
      vbd.element("tbody", {}, ...lines.map(([key, some]) => line(key.split("\n"), cells(some)))),
      vbd.element("tfoot", {}, line(["all", ...parts.slice(1).map(() => "")], cells(rows))),
    );
  }

  explore.showComposition = (node, table, match) => {
    const rows = table.rows.filter(({ index }) => !match.failed[index]);
    const told = `Numbers of ${table.many}, and of their mice.`;
    node.replaceChildren(
      vbd.element("p", { className: "group-told" }, rows.length ? told : "No rows are shown."),
      ...(rows.length ? [build(table, rows)] : []),
    );
  };
})();
