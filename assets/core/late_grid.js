/**
 * Loads AG Grid, which is half of what a page would load, when the first table is shown; at once on
 * pages that are a table. Until then a component of the same name stands in its place: it draws
 * nothing, and afterwards what is loaded.
 */
(() => {
  const { React } = window;
  /** The part of it that it loads itself, from beside it. */
  const SECOND = "async-community.js";
  /** @type {Promise<DashAgGrid> | null} */
  let loading = null;

  function load() {
    loading ??= loadBoth().catch((error) => {
      loading = null; // the next table tries again
      throw error;
    });
    return loading;
  }

  /** The script puts its own component into the place of ours, which Dash would take for another. */
  async function loadBoth() {
    const address = new URL(vbd.late.addresses.grid, window.location.href);
    vbd.late.fetchAhead(new URL(SECOND, address).href);
    await vbd.late.load("grid");
    const loaded = window.dash_ag_grid;
    window.dash_ag_grid = { ...loaded, AgGrid: standIn };
    return loaded;
  }

  const Loaded = React.lazy(async () => ({ default: (await load()).AgGrid }));
  /** @type {DashAgGrid["AgGrid"]} */
  const standIn = Object.assign(
    (/** @type {Record<string, unknown>} */ properties) => {
      React.useEffect(() => void vbd.fitGrid(String(properties.id)), [properties.id]);
      return React.createElement(
        React.Suspense,
        { fallback: null },
        React.createElement(Loaded, properties),
      );
    },
    // as the component itself says to Dash
    {
      dashRenderType: true,
      dashPersistence: { persisted_props: ["selectedRows"], persistence_type: "local" },
    },
  );

  window.dash_ag_grid = {
    AgGrid: standIn,
    getApi: () => undefined,
    getApiAsync: async (id) => (await load()).getApiAsync(id),
  };
  document.addEventListener("DOMContentLoaded", () => {
    if (vbd.late.soon === "grid") load();
  });
})();
