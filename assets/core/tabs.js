/** Tabs: a panel is put into its tab, and so asks for its data, when that is first opened. */
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  tabs: {
    open(tab, content, id, children) {
      if (id.tab !== tab || !content || children.length) return dash_clientside.no_update;
      return content;
    },
  },
});
