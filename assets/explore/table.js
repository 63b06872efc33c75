/**
 * Explore's tables: loads each once as columns and decodes it to rows for the grid.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const tables = explore.once(request);
  explore.load = tables.get;
  explore.forget = tables.forget;

  /** @param {Explore.Kind} kind */
  async function request(kind) {
    const answer = await fetch(vbd.url("table", { kind })).catch(() => null);
    if (!answer) throw new Error("The table could not be loaded: the server did not answer.");
    if (!answer.ok) throw new Error(`The table could not be loaded (${answer.status}).`);
    return explore.decode(await answer.json());
  }

  /** A value as text. */
  explore.shown = (column, value) => {
    if (value === null || value === undefined) return "";
    if (Array.isArray(value)) return value.join(", ");
    if (column.type === "date") return String(value).slice(0, 16);
    if (column.type === "flag") return value ? "True" : "False";
    return column.shown_as[String(value)] || String(value);
  };

  /** Decode a table as sent by the server. */
  explore.decode = (data) => {
    const columns = data.columns.map((column) => ({ ...column, at: reader(column) }));
    const rows = Array.from({ length: data.length }, (_, index) => row(data, columns, index));
    return {
      ...data,
      columns,
      column: byName(columns),
      facet: byName(data.facets),
      rows,
      ids: rows.map(({ id }) => id),
    };
  };

  /**
   * @param {Explore.ColumnData} column
   * @returns {(index: number) => Explore.Value}
   */
  function reader({ levels, codes, values }) {
    if (!codes) return (index) => values[index];
    return (index) => (codes[index] < 0 ? null : levels[codes[index]]);
  }

  /**
   * Items by name, without a prototype: names come from the URL, and `constructor` must be unknown.
   * @template {Explore.Described} Item
   * @param {Item[]} items
   * @returns {Partial<Record<string, Item>>}
   */
  function byName(items) {
    return Object.assign(
      Object.create(null),
      Object.fromEntries(items.map((item) => [item.name, item])),
    );
  }

  /**
   * @param {Explore.TableData} data
   * @param {Explore.Column[]} columns
   * @param {number} index
   * @returns {Explore.Row}
   */
  function row(data, columns, index) {
    const values = Object.fromEntries(columns.map(({ name, at }) => [name, at(index)]));
    return Object.assign(values, {
      id: String(values[data.id_name]),
      index,
      here: data.here[index],
      opens: data.opens[index],
      prepared: data.prepared[index],
    });
  }
})();
