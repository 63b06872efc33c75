/** The dialog with the numbers of a panel as a table; Enter on a figure opens it too. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.panels ??= /** @type {VbdPanels} */ ({});
(() => {
  const MOST = 500; // rows: more are better read from the file

  /** @param {VbdColumn} column */
  const heading = ({ name, unit }) =>
    vbd.element("th", { scope: "col" }, unit ? `${name} (${unit})` : name);

  /** @param {VbdNumbers} numbers */
  function table({ title, columns }) {
    const n = Math.min(columns[0]?.values.length ?? 0, MOST);
    const rows = Array.from({ length: n }, (_, i) =>
      vbd.element(
        "tr",
        {},
        ...columns.map(({ values }) =>
          vbd.element("td", {}, String(vbd.table.stored(values[i]) ?? "")),
        ),
      ),
    );
    return vbd.element(
      "table",
      { "aria-label": `Numbers of ${title}` },
      vbd.element("thead", {}, vbd.element("tr", {}, ...columns.map(heading))),
      vbd.element("tbody", {}, ...rows),
    );
  }

  /** @param {VbdNumbers} numbers */
  function counted({ columns }) {
    const n = columns[0]?.values.length ?? 0;
    const all = `${n.toLocaleString("en")} ${n === 1 ? "row" : "rows"}`;
    return n > MOST ? `The first ${MOST} of ${all}; all of them are in the CSV.` : `${all}.`;
  }

  vbd.panels.showNumbers = async (panel) => {
    const numbers = await vbd.panels.numbers(panel);
    const sentences = vbd.panels.plots(panel).map(vbd.sentence).filter(Boolean);
    vbd.panels.dialog("numbers-table", `Numbers of ${numbers.title}`, [
      ...[...sentences, ...numbers.notes, counted(numbers)].map((text) =>
        vbd.element("p", {}, text),
      ),
      vbd.element("div", { className: "numbers-box", tabIndex: 0 }, table(numbers)),
    ]);
  };

  document.addEventListener("keydown", (event) => {
    const figure = event.target instanceof Element && event.target.matches(".panel [role=img]");
    const panel = figure && vbd.closest(event, ".panel");
    if (!panel || event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    vbd.panels.tried("Numbers as table", () => vbd.panels.showNumbers(panel));
  });
})();
