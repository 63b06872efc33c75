/**
 * Explore's view as a URL query, so that a link reproduces it:
 * ?tab=session&cre_line=Vip-IRES-Cre&imaging_depth=100..200&search=457841&sort=-age_in_days
 * &hide=sex,file_id&row=951410079&view=group&measure=cells&by=targeted_structure
 */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const TABS = ["experiment", "session", "behavior"];
  const GROUP = ["measure", "by", "panels", "plot"]; // what the group view shows
  const OWN = ["tab", "search", "sort", "hide", "row", "view", ...GROUP];

  /** The view that a query describes; what it does not say is at its default. */
  explore.viewOf = function (query) {
    const parameters = new URLSearchParams(query);
    const filters = {};
    for (const name of new Set(parameters.keys())) {
      if (!OWN.includes(name)) filters[name] = wanted(parameters.getAll(name));
    }
    return {
      tab: TABS.includes(parameters.get("tab")) ? parameters.get("tab") : TABS[0],
      filters,
      search: parameters.get("search") || "",
      sort: names(parameters.get("sort")).map((name) => ({
        column: name.replace(/^-/, ""),
        descending: name.startsWith("-"),
      })),
      hidden: names(parameters.get("hide")),
      row: parameters.get("row"),
      grouped: parameters.get("view") === "group",
      group: Object.fromEntries(GROUP.map((name) => [name, parameters.get(name)])),
    };
  };

  /** The query of a view, "" for the default one. */
  explore.queryOf = function (view) {
    const parameters = new URLSearchParams();
    if (view.tab !== TABS[0]) parameters.set("tab", view.tab);
    Object.entries(view.filters).forEach(([name, values]) => {
      texts(values).forEach((text) => parameters.append(name, text));
    });
    if (view.search) parameters.set("search", view.search);
    const sort = view.sort.map(({ column, descending }) => (descending ? "-" : "") + column);
    if (sort.length) parameters.set("sort", sort.join());
    if (view.hidden.length) parameters.set("hide", view.hidden.join());
    if (view.row) parameters.set("row", view.row);
    if (view.grouped) parameters.set("view", "group");
    GROUP.filter((name) => view.grouped && view.group[name]).forEach((name) =>
      parameters.set(name, view.group[name]),
    );
    const query = parameters.toString().replaceAll("%2C", ",");
    return query ? `?${query}` : "";
  };

  const names = (text) => (text || "").split(",").filter(Boolean);

  function texts(values) {
    if (Array.isArray(values)) return values;
    return [`${values.from === null ? "" : values.from}..${values.to === null ? "" : values.to}`];
  }

  function wanted(values) {
    const range = values.length === 1 && /^(.*)\.\.(.*)$/.exec(values[0]);
    return range ? { from: limit(range[1]), to: limit(range[2]) } : values;
  }

  function limit(text) {
    if (text === "") return null;
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  }
})();
