/** The menu that hides and shows columns. */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;

  /** Fill the menu for a table; `choose(hidden)` is called with the names of hidden columns. */
  explore.buildColumnMenu = (parent, table, hidden, choose) => {
    const boxes = table.columns
      .filter((column) => column.name !== table.id_name)
      .map((column) => box(column, !hidden.includes(column.name)));
    const read = () => boxes.filter((one) => !one.input.checked).map((one) => one.name);
    for (const { input } of boxes) input.onchange = () => choose(read());
    /**
     * @param {string} text
     * @param {boolean} checked
     */
    const setAll = (text, checked) => {
      const onclick = () => {
        for (const { input } of boxes) input.checked = checked;
        choose(read());
      };
      return vbd.element("button", { type: "button", onclick }, text);
    };
    const all = [setAll("show all", true), setAll("hide all", false)];
    const head = vbd.element("div", { className: "columns-head" }, ...all);
    parent.replaceChildren(head, ...boxes.map((one) => one.node));
  };

  /**
   * @param {Explore.Column} column
   * @param {boolean} checked
   */
  function box(column, checked) {
    const input = vbd.element("input", { type: "checkbox", checked });
    input.dataset.column = column.name;
    const name = vbd.element("code", {}, column.name);
    const node = vbd.element("label", { title: column.explanation }, input, column.title, name);
    return { name: column.name, input, node };
  }

  document.addEventListener("click", ({ target }) => {
    /** @type {HTMLDetailsElement | null} */
    const menu = document.querySelector("details.columns-menu[open]");
    if (menu && !(target instanceof Node && menu.contains(target))) menu.open = false;
  });
})();
