/**
 * The labels of users' notes as a facet and, if there are any, as a column. They change more often
 * than the tables, so they are loaded separately each time Explore is shown.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const NAME = "review";
  const LOST = "The reviews could not be loaded. The page Notes may say why.";
  const { color, notReviewed, shown } = vbd.reviews;
  const EXPLANATION =
    "Labels of the current notes on the recording itself: on the plane in the table of experiments, " +
    "on the session in the others.";

  /** Load the reviews; null if the notes cannot be read, which the Notes page explains. */
  explore.fetchReviews = async () => {
    const reviews = await vbd.reviews.load();
    vbd.connection.tell("reviews", null);
    if (reviews) return reviews;
    vbd.connection.tell("reviews", LOST, { text: "Try again", does: explore.askReviewsAgain });
    return null;
  };

  /** Add the facet to a table and the labels to each row as `review`; replaces older ones. */
  explore.addReviews = (table, reviews) => {
    table.facets = table.facets.filter((facet) => facet.name !== NAME);
    delete table.facet[NAME];
    table.reviewed = false;
    if (!reviews) return;
    const labels = table.kind === "experiment" ? reviews.experiment : reviews.session;
    const id = table.kind === "session" ? "behavior_session_id" : "id";
    for (const row of table.rows) row[NAME] = labels[String(row[id])] || null;
    table.reviewed = table.rows.some((row) => row[NAME]);
    const facet = facetOf(table, reviews.labels);
    table.facet[NAME] = facet;
    table.facets.splice(1, 0, facet);
  };

  /**
   * @param {Explore.Table} table
   * @param {string[]} labels
   * @returns {Explore.Facet}
   */
  function facetOf(table, labels) {
    const levels = [notReviewed, ...labels];
    return {
      name: NAME,
      title: "Review",
      unit: "",
      explanation: EXPLANATION,
      style: "values",
      open: Boolean(table.reviewed),
      levels,
      codes: table.rows.map((row) =>
        row[NAME] ? labelsOf(row[NAME]).map((label) => levels.indexOf(label)) : 0,
      ),
      colors: Object.fromEntries(labels.map((label) => [label, color(label)])),
      shown_as: Object.fromEntries(labels.map((label) => [label, shown(label)])),
    };
  }

  /**
   * The labels in a row's value.
   * @param {Explore.Value} value
   */
  const labelsOf = (value) => /** @type {string[]} */ (value ?? []);

  /** The grid's column of reviews; none if there are no notes. */
  explore.reviewColumns = (table, view) => {
    if (!table.reviewed) return [];
    return [
      {
        colId: NAME,
        field: NAME,
        headerName: "Review",
        headerTooltip: EXPLANATION,
        cellDataType: false,
        width: 104,
        ...explore.sortOf(view, NAME),
        comparator: (/** @type {unknown} */ a, /** @type {unknown} */ b) =>
          String(a || "~").localeCompare(String(b || "~")),
        valueFormatter: (/** @type {AgGridCell} */ { value }) =>
          labelsOf(value).map(shown).join(", "),
        cellStyle: (/** @type {AgGridCell} */ { value }) =>
          value ? { boxShadow: `inset 4px 0 ${color(value[0])}` } : null,
      },
    ];
  };
})();
