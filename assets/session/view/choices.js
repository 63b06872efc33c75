/** The selected cells and the options of the page: `vbd.cells` and `vbd.options`. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.view ??= /** @type {VbdView} */ ({});
(() => {
  vbd.cells = /** @type {Vbd["cells"]} */ ({
    selected: () => vbd.view.state.cells,
    /** @param {number} cell @param {{add?: boolean}} [how] */
    select(cell, { add = false } = {}) {
      const { cells } = vbd.view.state;
      const others = cells.filter((one) => one !== cell);
      const added = others.length < cells.length ? others : [...cells, cell];
      vbd.view.set("selection", { cells: add ? added : [cell] });
    },
  });
  vbd.options = {
    get: () => vbd.view.state.options,
    set: (changes) => vbd.view.set("options", { ...vbd.view.state.options, ...changes }),
  };

  vbd.view.inPlace = (shown, ticked, usual) => {
    const kept = shown.filter((one) => ticked.includes(one));
    for (const one of ticked.filter((value) => !kept.includes(value))) {
      const later = usual.includes(one) ? usual.slice(usual.indexOf(one)) : [];
      const at = kept.findIndex((other) => later.includes(other));
      kept.splice(at < 0 ? kept.length : at, 0, one);
    }
    return kept;
  };
})();
