/**
 * The rows that pass, sorted into panels and groups with their values. Pure: no page, no server.
 */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const MOST_LEVELS = 200; // of a column that rows can be grouped by
  const FEW = 12; // distinct numbers are groups of their own up to so many, else spans
  const BINS = 8;
  const STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000];
  const MOST = { group: 60, panel: 20 };

  /** What rows can be grouped by: facets first, then the other columns with few values. */
  explore.groupings = function (table) {
    const facets = table.facets.filter((facet) => facet.style !== "dates");
    const columns = table.columns.filter((column) => !table.facet[column.name] && canGroup(column));
    return [...facets, ...columns].map(({ name, title }) => ({ name, title }));
  };

  function canGroup(column) {
    if (column.type === "flag") return true;
    if (column.type === "number") return new Set(column.values).size > 1;
    return (
      ["text", "texts"].includes(column.type) &&
      column.levels.length > 1 &&
      column.levels.length <= MOST_LEVELS
    );
  }

  /** The levels of a grouping, and for a row (by place) the numbers of those it has. */
  explore.groupingOf = function (table, name) {
    const source = table.facet[name] || table.column[name];
    if (!source) return null;
    const found = source.levels ? coded(source) : numbered(table, source);
    const none = found.labels.length;
    return {
      title:
        source.unit && !source.title.includes(source.unit)
          ? `${source.title} (${source.unit})`
          : source.title,
      labels: [...found.labels, "no value"],
      colors: [...found.colors, null],
      of: (place) => (found.of(place).length ? found.of(place) : [none]),
    };
  };

  function coded(source) {
    const { shown_as: shown = {}, colors = {} } = source;
    return {
      labels: source.levels.map((level) => shown[level] || [level].flat().join(", ")),
      colors: source.levels.map((level) => colors[level] || null),
      of: (place) => [source.codes[place]].flat().filter((code) => code >= 0),
    };
  }

  function numbered(table, source) {
    const at = (place) =>
      [source.values[place]].flat().filter((value) => value !== null && value !== undefined);
    const values = [...new Set(table.rows.flatMap((_, place) => at(place)))].sort((a, b) => a - b);
    if (values.length <= FEW || typeof values[0] !== "number") {
      const place = new Map(values.map((value, i) => [value, i]));
      return {
        labels: values.map(yesOrNumber),
        colors: values.map(() => null),
        of: (row) => at(row).map((v) => place.get(v)),
      };
    }
    const step =
      STEPS.find((one) => one * BINS >= values.at(-1) - values[0]) || values.at(-1) - values[0];
    const first = Math.floor(values[0] / step) * step;
    const count = Math.floor((values.at(-1) - first) / step) + 1;
    const label = (_, i) =>
      step === 1 ? `${first + i}` : `${first + i * step}–${first + (i + 1) * step - 1}`;
    const labels = Array.from({ length: count }, label);
    return {
      labels,
      colors: labels.map(() => null),
      of: (row) => at(row).map((v) => Math.floor((v - first) / step)),
    };
  }

  const yesOrNumber = (value) =>
    typeof value === "boolean" ? (value ? "True" : "False") : String(value);

  /**
   * Panels of groups of the rows that pass, and how many of those have no value and why. Of very
   * many levels the ones with the most rows are kept; `left` counts the rows of the others.
   */
  explore.grouped = function (table, match, measure, by, panels, prepared) {
    const rows = passing(match);
    const missing = rows.filter((place) => measure.values[place] === null);
    const valued = rows.filter((place) => measure.values[place] !== null);
    const [groups, boxes] = [kept(valued, by, MOST.group), kept(valued, panels, MOST.panel)];
    const filled = boxes.map((box) => ({
      label: panels ? panels.labels[box] : "",
      groups: groups.map((group) => ({
        label: by.labels[group],
        color: by.colors[group],
        places: [],
        values: [],
      })),
    }));
    const [groupAt, boxAt] = [groups, boxes].map(
      (levels) => new Map(levels.map((level, i) => [level, i])),
    );
    let left = 0;
    valued.forEach((place) => {
      const into = (panels ? panels.of(place) : [0]).flatMap((box) =>
        by.of(place).map((group) => [boxAt.get(box), groupAt.get(group)]),
      );
      const known = into.filter(([box, group]) => box !== undefined && group !== undefined);
      known.forEach(([box, group]) => {
        filled[box].groups[group].places.push(place);
        filled[box].groups[group].values.push(measure.values[place]);
      });
      if (!known.length) left++;
    });
    return {
      panels: filled,
      total: rows.length,
      valued: valued.length,
      left,
      missing: reasons(table, measure, missing, prepared),
    };
  };

  function passing(match) {
    const rows = [];
    match.failed.forEach((failed, place) => failed === 0 && rows.push(place));
    return rows;
  }

  /** The levels with rows, in their order; the fullest ones where there are too many. */
  function kept(rows, grouping, most) {
    if (!grouping) return [0];
    const counts = grouping.labels.map(() => 0);
    rows.forEach((place) => grouping.of(place).forEach((level) => counts[level]++));
    const levels = counts.map((_, level) => level).filter((level) => counts[level]);
    return levels
      .sort((a, b) => counts[b] - counts[a])
      .slice(0, most)
      .sort((a, b) => a - b);
  }

  function reasons(table, measure, missing, prepared) {
    if (!measure.prepared) return { elsewhere: 0, unprepared: 0, without: missing.length };
    const elsewhere = missing.filter((place) => !table.here[place] && !prepared[place]).length;
    const unprepared = missing.filter((place) => table.here[place] && !prepared[place]).length;
    return { elsewhere, unprepared, without: missing.length - elsewhere - unprepared };
  }
})();
