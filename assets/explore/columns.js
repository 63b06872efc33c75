/** The menu that hides and shows columns. */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});

  /** Fill the menu for a table; `choose(hidden)` gets the names of all hidden columns. */
  explore.buildColumnMenu = function (parent, table, hidden, choose) {
    const boxes = table.columns
      .filter((column) => column.name !== table.id_name)
      .map((column) => box(column, !hidden.includes(column.name)));
    const read = () => boxes.filter((one) => !one.input.checked).map((one) => one.name);
    const setAll = (checked) => {
      boxes.forEach((one) => (one.input.checked = checked));
      choose(read());
    };
    boxes.forEach((one) => (one.input.onchange = () => choose(read())));
    const all = explore.element(
      "button",
      { type: "button", onclick: () => setAll(true) },
      "show all",
    );
    const none = explore.element(
      "button",
      { type: "button", onclick: () => setAll(false) },
      "hide all",
    );
    const head = explore.element("div", { className: "columns-head" }, all, none);
    parent.replaceChildren(head, ...boxes.map((one) => one.node));
  };

  function box(column, checked) {
    const input = explore.element("input", { type: "checkbox", checked });
    input.dataset.column = column.name;
    const name = explore.element("code", {}, column.name);
    const node = explore.element("label", { title: column.explanation }, input, column.title, name);
    return { name: column.name, input, node };
  }

  document.addEventListener("click", ({ target }) => {
    const menu = document.querySelector(".columns-menu[open]");
    if (menu && !menu.contains(target)) menu.open = false;
  });
})();
