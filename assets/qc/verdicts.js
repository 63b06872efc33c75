/**
 * The matrix of checks: how the verdict and the value of a check are shown and sorted.
 */
(() => {
  /** A verdict by the letter that the document writes for it. */
  const RANK = { n: 0, p: 1, l: 2, f: 3 };
  const WORDS = { n: "not applicable", p: "pass", l: "look", f: "fail" };
  const CLASSES = { n: "none", p: "pass", l: "look", f: "fail" };

  /**
   * @param {QualityRow} row
   * @param {string} check
   * @returns {keyof typeof RANK}
   */
  const letter = (row, check) => row[`s:${check}`];
  /** @param {number} value */
  const number = (value) => Number(value).toLocaleString("en-US", { maximumSignificantDigits: 4 });

  const quality = {
    /**
     * @param {QualityCell} cell
     * @param {string} letters
     * @param {string} marks the symbol of each of the letters
     */
    symbol: ({ data, colDef }, letters, marks) =>
      marks[letters.indexOf(letter(data, colDef.colId))],
    /** @param {QualityCell} cell */
    cell: ({ data, colDef }) => `qc-cell ${CLASSES[letter(data, colDef.colId)]}`,
    /**
     * Fails before looks before passes; among equals the greater value.
     * @param {string} check
     * @returns {AgGridComparator<number | null, QualityRow>}
     */
    comparing:
      (check) =>
      (one, other, { data: a }, { data: b }) =>
        RANK[letter(a, check)] - RANK[letter(b, check)] ||
        (one ?? -Infinity) - (other ?? -Infinity) ||
        0,
    /**
     * @param {QualityCell} cell
     * @param {string} unit
     */
    tip({ data, colDef, value }, unit) {
      const word = WORDS[letter(data, colDef.colId)];
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
