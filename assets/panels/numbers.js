/**
 * Saves the numbers of a panel as CSV or Parquet. The panels of a session are asked of the server,
 * which computes them as for the figure; of all others the page has them.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  const EVENTS = "single-events";
  const UNITS = "Units: ";
  const OWN_LINE = /[\r\n]+/g;

  /** @param {VbdTableValue} value */
  function cell(value) {
    const text = String(vbd.table.stored(value));
    return /[",#\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  vbd.panels.csv = ({ title, notes, columns }) => {
    const units = columns.filter(({ unit }) => unit).map(({ name, unit }) => `${name} in ${unit}`);
    const said = [title, ...notes, ...(units.length ? [`${UNITS}${units.join("; ")}`] : [])];
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

  /** Whether the server has the numbers of a panel; else the page has them. @param {Element} panel */
  const areAsked = (panel) => vbd.panels.offers(panel, "numbers") && !vbd.panels.hasGrid(panel);

  /** @param {Element} panel */
  function shown(panel) {
    const numbers = vbd.panels.shownNumbers(panel);
    if (!numbers) throw new Error("this panel shows no numbers now.");
    return numbers;
  }

  /** @param {Element} panel @param {VbdFormat} format */
  async function content(panel, format) {
    if (areAsked(panel)) return taken(await asked(panel, format));
    const numbers = shown(panel);
    if (format === "parquet") return taken(await written(numbers));
    return new Blob([vbd.panels.csv(numbers)], { type: "text/csv" });
  }

  /** The lines of a CSV file as lists of their cells. @param {string} text */
  function cells(text) {
    /** @type {string[][]} */
    const lines = [[]];
    for (const [, quoted, plain, end] of text.matchAll(
      /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g,
    )) {
      lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
      if (end === "\n") lines.push([]);
      if (!end) break;
    }
    return lines.filter((line) => line.length > 1 || line[0]);
  }

  /** What the server has written into a file of a panel. @param {string} text */
  function parsed(text) {
    const lines = text.split("\n");
    const first = lines.findIndex((line) => !line.startsWith("#"));
    const notes = lines.slice(0, first).map((line) => line.slice(2));
    const said = notes.find((note) => note.startsWith(UNITS))?.slice(UNITS.length) ?? "";
    const units = new Map(
      said.split("; ").map((one) => /** @type {[string, string]} */ (one.split(" in ", 2))),
    );
    const [names, ...rows] = cells(lines.slice(first).join("\n"));
    const columns = names.map((name, i) => ({
      name,
      unit: units.get(name) ?? "",
      values: rows.map((row) => row[i]),
    }));
    return { columns, notes: notes.slice(1).filter((note) => !note.startsWith(UNITS)) };
  }

  vbd.panels.numbers = async (panel) => {
    if (!areAsked(panel)) return shown(panel);
    const file = await taken(await asked(panel, "csv"));
    return { title: vbd.panels.titleOf(panel), ...parsed(await file.text()) };
  };

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
