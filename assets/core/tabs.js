/** Tabs: a panel is put into its tab, and so asks for its data, when that is first opened. */
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  tabs: {
    /**
     * @param {string} tab the tab that is open
     * @param {unknown[] | null} content what the panel will hold
     * @param {{tab: string}} id the panel's
     * @param {unknown[]} children what the panel holds
     */
    open(tab, content, id, children) {
      if (id.tab !== tab || !content || children.length) return dash_clientside.no_update;
      return content;
    },
  },
});
