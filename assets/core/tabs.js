/** Inserts a panel into its tab when the tab is first opened; only then its data are requested. */
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  tabs: {
    /**
     * @param {string} tab the open tab
     * @param {unknown[] | null} content the panel to insert
     * @param {{tab: string}} id of the tab's box
     * @param {unknown[]} children the current content of the box
     */
    open(tab, content, id, children) {
      if (id.tab !== tab || !content || children.length) return dash_clientside.no_update;
      return content;
    },
  },
});
