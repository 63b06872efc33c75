/**
 * Saves the numbers of a panel as CSV or Parquet. The panels of a session are asked of the server,
 * which computes them as for the figure; of all others the page has them.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  const EVENTS = "single-events";
  const OWN_LINE = /[\r\n]+/g;

  /** @param {VbdTableValue} value */
  function cell(value) {
    const text = String(vbd.table.stored(value));
    return /[",#\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  vbd.panels.csv = ({ title, notes, columns }) => {
    const units = columns.filter(({ unit }) => unit).map(({ name, unit }) => `${name} in ${unit}`);
    const said = [title, ...notes, ...(units.length ? [`Units: ${units.join("; ")}`] : [])];
    const head = said.map((line) => `# ${line.replaceAll(OWN_LINE, " ")}`);
    const rows = (columns[0]?.values ?? []).map((_, i) =>
      columns.map(({ values }) => cell(values[i])).join(","),
    );
    return [...head, columns.map(({ name }) => cell(name)).join(","), ...rows, ""].join("\n");
  };

  /** @param {Response} answer */
  async function taken(answer) {
    if (answer.ok) return answer.blob();
    throw new Error((await answer.text()).slice(0, 200) || `the server says ${answer.status}.`);
  }

  /** @param {Element} panel @param {VbdFormat} format @param {string} [numbers] which it wants */
  function asked(panel, format, numbers = vbd.panels.nameOf(panel)) {
    const { kind, id } = /** @type {VbdAddress} */ (vbd.stores.address);
    const path = vbd.url("numbers", { kind, id, panel: numbers, format });
    return fetch(`${path}?${vbd.panels.question(panel)}`);
  }

  /** @param {VbdNumbers} numbers */
  function written(numbers) {
    const columns = numbers.columns.map(({ values, ...column }) => ({
      ...column,
      values: values.map((value) =>
        typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
      ),
    }));
    return fetch(vbd.url("asParquet"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...numbers, columns }),
    });
  }

  /** @param {Element} panel @param {VbdFormat} format */
  async function content(panel, format) {
    if (vbd.panels.offers(panel, "numbers") && !vbd.panels.hasGrid(panel))
      return taken(await asked(panel, format));
    const numbers = vbd.panels.shownNumbers(panel);
    if (!numbers) throw new Error("this panel shows no numbers now.");
    if (format === "parquet") return taken(await written(numbers));
    return new Blob([vbd.panels.csv(numbers)], { type: "text/csv" });
  }

  Object.assign(vbd.panels, {
    hasNumbers: (/** @type {Element} */ panel) =>
      /** @type {HTMLElement} */ (panel).dataset.state === "ready" &&
      (vbd.panels.offers(panel, "numbers") || vbd.panels.shownNumbers(panel) !== null),
    async saveNumbers(/** @type {Element} */ panel, /** @type {VbdFormat} */ format) {
      vbd.panels.save(await content(panel, format), panel, format);
    },
    async saveEvents(/** @type {Element} */ panel, /** @type {VbdFormat} */ format) {
      const content = await taken(await asked(panel, format, EVENTS));
      vbd.panels.save(content, panel, format, EVENTS);
    },
  });
})();
