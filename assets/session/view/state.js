/**
 * The state of a session page in the browser: time window, selected cells, options. The other
 * scripts of this folder share it as `vbd.view`; everybody else uses `vbd.time`, `vbd.cells` and
 * `vbd.options`, which are the only writers of the stores `window`, `selection` and `options`.
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
    /** Not so while another page arrives. */
    isHere() {
      const { address } = vbd.stores;
      return Boolean(address) && window.location.pathname === vbd.url("recording", { ...address });
    },
  }),
);
