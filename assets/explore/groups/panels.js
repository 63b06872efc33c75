/**
 * Sorts the rows that pass into panels and groups with their values. Pure: without page or server.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const MOST = { groups: 60, panels: 20 };
  /**
   * The grouping for a single panel: without a title, with all rows.
   * @type {Explore.Grouping}
   */
  const WHOLE = { title: "", labels: [""], colors: [null], of: () => [0] };

  /**
   * The panels and groups of the rows that pass, and the number of rows without a value by reason. If
   * there are too many levels, those with the most rows stay; `left` counts the rows of the others.
   */
  explore.grouped = (table, match, measure, by, panelsBy, prepared) => {
    const inPanels = panelsBy ?? WHOLE;
    const rows = passing(match);
    const valued = rows.filter((index) => measure.values[index] !== null);
    const groupLevels = kept(valued, by, MOST.groups);
    const panelLevels = kept(valued, inPanels, MOST.panels);
    const panels = panelLevels.map((level) => ({
      label: inPanels.labels[level],
      groups: groupLevels.map((group) => emptyGroup(by, group)),
    }));
    let left = 0;
    for (const index of valued) {
      const groups = inPanels
        .of(index)
        .flatMap((level) => panels[panelLevels.indexOf(level)] ?? [])
        .flatMap((panel) =>
          by.of(index).flatMap((level) => panel.groups[groupLevels.indexOf(level)] ?? []),
        );
      for (const group of groups) {
        group.rows.push(index);
        group.values.push(Number(measure.values[index]));
      }
      if (!groups.length) left++;
    }
    const missing = rows.filter((index) => measure.values[index] === null);
    return {
      panels,
      total: rows.length,
      valued: valued.length,
      left,
      missing: reasons(table, measure, missing, prepared),
    };
  };

  /**
   * @param {Explore.Grouping} grouping
   * @param {number} level
   * @returns {Explore.Group}
   */
  function emptyGroup({ labels, colors }, level) {
    return { label: labels[level], color: colors[level], rows: [], values: [] };
  }

  /**
   * The indices of the rows that pass.
   * @param {Explore.Match} match
   */
  function passing({ failed }) {
    return [...failed.keys()].filter((index) => failed[index] === 0);
  }

  /**
   * The levels with rows, in their order; if there are too many, those with the most rows.
   * @param {number[]} rows
   * @param {Explore.Grouping} grouping
   * @param {number} most
   */
  function kept(rows, grouping, most) {
    const counts = grouping.labels.map(() => 0);
    for (const index of rows) {
      for (const level of grouping.of(index)) counts[level]++;
    }
    return [...counts.keys()]
      .filter((level) => counts[level])
      .sort((a, b) => counts[b] - counts[a])
      .slice(0, most)
      .sort((a, b) => a - b);
  }

  /**
   * @param {Explore.Table} table
   * @param {Explore.Measure} measure
   * @param {number[]} missing
   * @param {boolean[]} prepared
   */
  function reasons(table, measure, missing, prepared) {
    if (!measure.prepared) return { elsewhere: 0, unprepared: 0, without: missing.length };
    const elsewhere = missing.filter((index) => !table.here[index] && !prepared[index]).length;
    const unprepared = missing.filter((index) => table.here[index] && !prepared[index]).length;
    return { elsewhere, unprepared, without: missing.length - elsewhere - unprepared };
  }
})();
