/**
 * Shows and sorts verdicts and values in the matrix of checks.
 */
(() => {
  /**
   * The verdict of a check on a row.
   * @param {QualityRow} row
   * @param {string} check
   */
  const verdict = (row, check) => vbd.vocabulary.verdicts[row[`s:${check}`]];
  /**
   * The rank of a verdict for sorting: worst first.
   * @param {QualityRow} row
   * @param {string} check
   */
  const rank = (row, check) => -Object.keys(vbd.vocabulary.verdicts).indexOf(row[`s:${check}`]);

  /** @param {number} value */
  const number = (value) => Number(value).toLocaleString("en-US", { maximumSignificantDigits: 4 });

  const quality = {
    /** @param {QualityCell} cell */
    symbol: ({ data, colDef }) => verdict(data, colDef.colId).symbol,
    /** @param {QualityCell} cell */
    cell: ({ data, colDef }) => `qc-cell ${verdict(data, colDef.colId).className}`,
    /**
     * Sorts fail before look before pass; for equal verdicts the larger value first.
     * @param {string} check
     * @returns {AgGridComparator<number | null, QualityRow>}
     */
    comparing:
      (check) =>
      (one, other, { data: a }, { data: b }) =>
        rank(a, check) - rank(b, check) || (one ?? -Infinity) - (other ?? -Infinity) || 0,
    /**
     * @param {QualityCell} cell
     * @param {string} unit
     */
    tip({ data, colDef, value }, unit) {
      const word = verdict(data, colDef.colId).word;
      const measured = (value ?? null) === null ? "" : ` ${number(value)} ${unit}`;
      const at = data[`t:${colDef.colId}`];
      const when = (at ?? null) === null ? "" : `, at ${at.toFixed(1)} s`;
      return `${colDef.headerName}: ${word}${measured}${when}`;
    },
    /** @param {{value: string | null}} cell the newest verdict of notes; null where it is lost */
    review: ({ value }) =>
      value === null ? "?" : value ? vbd.reviews.shown(value) : vbd.reviews.notReviewed,
    /** @param {{value: string | null}} cell */
    reviewStyle: ({ value }) =>
      value ? { boxShadow: `inset 4px 0 ${vbd.reviews.color(value)}` } : { color: "var(--muted)" },
  };
  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, {
    vbdQuality: quality,
  });
})();
