/**
 * The state of a session page in the browser: time window, selected cells, options. The scripts of
 * this folder share it as `vbd.view`; all others use `vbd.time`, `vbd.cells` and `vbd.options`. Only
 * these write the stores `window`, `selection` and `options`.
 */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.view ??= /** @type {VbdView} */ ({});
vbd.stores = {};
Object.assign(
  vbd.view,
  /** @type {Partial<VbdView>} */ ({
    state: { window: null, cells: [], options: {} },
    set: (store, data) => dash_clientside.set_props(store, { data }),
    emit: (name, detail) => document.dispatchEvent(new CustomEvent(`vbd:${name}`, { detail })),
    /** False while another page is being loaded. */
    isHere() {
      const { address } = vbd.stores;
      if (vbd.address.isLeaving()) return false;
      return Boolean(address) && window.location.pathname === vbd.url("recording", { ...address });
    },
  }),
);
