/**
 * The matrix of checks: how the verdict and the value of a check are shown and sorted.
 */
(() => {
  /**
   * The verdict of a check on a row.
   * @param {QualityRow} row
   * @param {string} check
   */
  const verdict = (row, check) => vbd.vocabulary.verdicts[row[`s:${check}`]];
  /**
   * Where a verdict stands: the worst first.
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
     * Fails before looks before passes; among equals the greater value.
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
  };
  window.dashAgGridFunctions = Object.assign(window.dashAgGridFunctions || {}, {
    vbdQuality: quality,
  });
})();
