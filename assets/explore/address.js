/**
 * Converts Explore's view to a URL query and back. Pure: without page or server.
 * ?tab=session&cre_line=Vip-IRES-Cre&imaging_depth=100..200&search=457841&sort=-age_in_days
 * &hide=sex,file_id&row=951410079&view=group&measure=cells&by=targeted_structure&max=facets
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  /** @type {Explore.Kind[]} */
  const TABS = ["experiment", "session", "behavior"];
  /** @type {Explore.Shown[]} */
  const SHOWN = ["table", "histograms", "group", "composition"];
  /** @type {(keyof Explore.GroupChoice)[]} */
  const GROUP = ["measure", "by", "panels", "plot"];
  const OWN = new Set([
    "tab",
    "search",
    "sort",
    "hide",
    "row",
    "view",
    "max",
    "theme",
    "text",
    ...GROUP,
  ]);

  /** The view of a query; parts that are not in it have their defaults. */
  explore.viewOf = (query) => {
    const parameters = new URLSearchParams(query);
    /** @type {Explore.Filters} */
    const filters = {};
    for (const name of new Set(parameters.keys())) {
      if (!OWN.has(name)) filters[name] = filterOf(parameters.getAll(name));
    }
    const group = GROUP.map((name) => [name, parameters.get(name)]);
    return {
      tab: TABS.find((tab) => tab === parameters.get("tab")) ?? TABS[0],
      filters,
      search: parameters.get("search") || "",
      sort: names(parameters.get("sort")).map((name) => ({
        column: name.replace(/^-/, ""),
        descending: name.startsWith("-"),
      })),
      hidden: names(parameters.get("hide")),
      row: parameters.get("row"),
      shown: SHOWN.find((shown) => shown === parameters.get("view")) ?? "table",
      max: parameters.get("max") || "",
      group: /** @type {Explore.GroupChoice} */ (Object.fromEntries(group)),
    };
  };

  /** The query of a view; "" for the default view. */
  explore.queryOf = (view) => {
    const parameters = new URLSearchParams();
    /**
     * @param {string} name
     * @param {string | null} value
     */
    const say = (name, value) => {
      if (value) parameters.append(name, value);
    };
    if (view.tab !== TABS[0]) say("tab", view.tab);
    for (const [name, filter] of Object.entries(view.filters)) {
      for (const text of texts(filter)) parameters.append(name, text);
    }
    say("search", view.search);
    say("sort", view.sort.map(({ column, descending }) => (descending ? "-" : "") + column).join());
    say("hide", view.hidden.join());
    say("row", view.row);
    say("view", view.shown === SHOWN[0] ? null : view.shown);
    const own = view.shown === "group" ? GROUP : [];
    for (const name of own) say(name, view.group[name]);
    say("max", view.max);
    const query = parameters.toString().replaceAll("%2C", ",");
    return query ? `?${query}` : "";
  };

  /** @param {string | null} text */
  const names = (text) => (text || "").split(",").filter(Boolean);

  /** @param {Explore.Filter} filter */
  function texts(filter) {
    return Array.isArray(filter) ? filter : [`${filter.from ?? ""}..${filter.to ?? ""}`];
  }

  /**
   * @param {string[]} values
   * @returns {Explore.Filter}
   */
  function filterOf(values) {
    const range = values.length === 1 && /^(.*)\.\.(.*)$/.exec(values[0]);
    return range ? { from: limit(range[1]), to: limit(range[2]) } : values;
  }

  /** @param {string} text */
  function limit(text) {
    if (text === "") return null;
    return /^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(text) ? Number(text) : text;
  }
})();
