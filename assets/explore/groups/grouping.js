/**
 * The properties by which rows can be grouped, and their levels. Pure: without page or server.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const MOST_LEVELS = 200; // columns with more distinct values cannot be grouped by
  const FEW = 12; // up to so many distinct numbers are groups of their own; more become spans
  const SPANS = 8;
  const STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000];

  /** The possible groupings: facets first, then other columns with few distinct values. */
  explore.groupings = (table) => {
    const facets = table.facets.filter((facet) => facet.style !== "dates");
    const columns = table.columns.filter((column) => !table.facet[column.name] && canGroup(column));
    return [...facets, ...columns].map(({ name, title }) => ({ name, title }));
  };

  /** @param {Explore.Column} column */
  function canGroup({ type, levels, values }) {
    if (type === "flag") return true;
    if (type === "number") return new Set(values).size > 1;
    if (type !== "text" && type !== "texts") return false;
    return levels !== undefined && levels.length > 1 && levels.length <= MOST_LEVELS;
  }

  /** The levels of a grouping, and a function that gives the indices of a row's levels. */
  explore.groupingOf = (table, name) => {
    const source = table.facet[name] || table.column[name];
    if (!source) return null;
    const found = source.codes ? coded(source) : ofValues(source.values);
    const unit = "unit" in source ? source.unit : "";
    const none = found.labels.length;
    return {
      title: unit && !source.title.includes(unit) ? `${source.title} (${unit})` : source.title,
      labels: [...found.labels, "no value"],
      colors: [...found.colors, null],
      of(index) {
        const levels = found.of(index);
        return levels.length ? levels : [none];
      },
    };
  };

  /** @typedef {Omit<Explore.Grouping, "title">} Levels of rows that have a value */

  /**
   * @param {Explore.Described & Explore.Coded<string | number | string[], number | number[]>} source
   * @returns {Levels}
   */
  function coded({ levels, codes, shown_as: shown, colors }) {
    return {
      labels: levels.map((level) => shown[String(level)] || [level].flat().join(", ")),
      colors: levels.map((level) => colors[String(level)] || null),
      of: (index) => [codes[index]].flat().filter((code) => code >= 0),
    };
  }

  /**
   * @param {Explore.Value[]} values
   * @returns {Levels}
   */
  function ofValues(values) {
    /** @param {number} index */
    const at = (index) =>
      /** @type {(string | number | boolean | null)[]} */ ([values[index]].flat()).filter(
        (value) => value !== null && value !== undefined,
      );
    const distinct = [...new Set(values.flatMap((_, index) => at(index)))];
    distinct.sort((a, b) => Number(a) - Number(b));
    if (distinct.length <= FEW || typeof distinct[0] !== "number") {
      const codes = new Map(distinct.map((value, code) => [value, code]));
      return {
        labels: distinct.map(yesOrNumber),
        colors: distinct.map(() => null),
        of: (index) => at(index).map((value) => codes.get(value) ?? -1),
      };
    }
    return ofSpans(distinct[0], Number(distinct.at(-1)), (index) => at(index).map(Number));
  }

  /**
   * Levels that are spans of a round width.
   * @param {number} lowest
   * @param {number} highest
   * @param {(index: number) => number[]} at
   * @returns {Levels}
   */
  function ofSpans(lowest, highest, at) {
    const step = STEPS.find((one) => one * SPANS >= highest - lowest) || highest - lowest;
    const first = Math.floor(lowest / step) * step;
    const count = Math.floor((highest - first) / step) + 1;
    const labels = Array.from({ length: count }, (_, i) =>
      step === 1 ? `${first + i}` : `${first + i * step}–${first + (i + 1) * step - 1}`,
    );
    return {
      labels,
      colors: labels.map(() => null),
      of: (index) => at(index).map((value) => Math.floor((value - first) / step)),
    };
  }

  /** @param {string | number | boolean | null} value */
  const yesOrNumber = (value) =>
    typeof value === "boolean" ? (value ? "True" : "False") : String(value);
})();
