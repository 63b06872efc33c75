/**
 * What people's notes say of the rows, as a facet and, where there are any, as a column. They
 * change more often than the tables, so they come by themselves each time Explore is shown.
 */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const NAME = "review";
  const NOT_REVIEWED = "not reviewed";
  const EXPLANATION =
    "Labels of the current notes on the recording itself: on the plane in the table of experiments, " +
    "on the session in the others.";

  /** Ask for the reviews; null where the notes cannot be read, which the Notes page explains. */
  explore.fetchReviews = async function () {
    const answer = await fetch(vbd.url("reviews")).catch(() => null);
    return answer && answer.ok ? answer.json() : null;
  };

  /** Give a table its facet and each row its labels under `review`, anew each time. */
  explore.addReviews = function (table, reviews) {
    table.facets = table.facets.filter((facet) => facet.name !== NAME);
    delete table.facet[NAME];
    table.reviewed = false;
    if (!reviews) return;
    const of = table.kind === "experiment" ? reviews.experiment : reviews.session;
    table.rows.forEach(
      (row) =>
        (row[NAME] = of[table.kind === "session" ? row.behavior_session_id : row.id] || null),
    );
    table.reviewed = table.rows.some((row) => row[NAME]);
    table.facet[NAME] = facet(table, reviews.labels);
    table.facets.splice(1, 0, table.facet[NAME]);
  };

  function facet(table, labels) {
    const levels = [NOT_REVIEWED, ...labels];
    const colors = Object.fromEntries(labels.map((label) => [label, color(label)]));
    const shown_as = Object.fromEntries(labels.map((label) => [label, shown(label)]));
    const codes = table.rows.map((row) =>
      row[NAME] ? row[NAME].map((label) => levels.indexOf(label)) : 0,
    );
    const words = { title: "Review", unit: "", explanation: EXPLANATION };
    return {
      name: NAME,
      style: "values",
      open: table.reviewed,
      levels,
      codes,
      colors,
      shown_as,
      ...words,
    };
  }

  const color = (label) => `var(--label-${label.replace(" ", "-")})`;
  const shown = (label) => `${vbd.vocabulary.noteLabels[label]?.symbol || ""} ${label}`.trim();

  /** The grid's column of reviews: none where nobody has written a note. */
  explore.reviewColumns = function (table, view) {
    if (!table.reviewed) return [];
    const order = view.sort.findIndex((one) => one.column === NAME);
    return [
      {
        colId: NAME,
        field: NAME,
        headerName: "Review",
        headerTooltip: EXPLANATION,
        cellDataType: false,
        width: 104,
        sort: order < 0 ? null : view.sort[order].descending ? "desc" : "asc",
        sortIndex: order < 0 ? null : order,
        comparator: (a, b) => String(a || "~").localeCompare(String(b || "~")),
        valueFormatter: ({ value }) => (value || []).map(shown).join(", "),
        cellStyle: ({ value }) => (value ? { boxShadow: `inset 4px 0 ${color(value[0])}` } : null),
      },
    ];
  };
})();
