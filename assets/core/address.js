/** Writes the choices of a page to its address, so that every view is a link. */
(() => {
  /** @param {string | boolean | null} value the value of a control */
  const text = (value) => (typeof value === "boolean" ? (value ? "on" : "off") : (value ?? ""));

  /**
   * @param {string | boolean | null} value
   * @param {string} control its id
   */
  function keep(value, control) {
    const [name, usual] = vbd.vocabulary.keptChoices[control];
    const url = new URL(window.location.href);
    if (text(value) === usual) url.searchParams.delete(name);
    else url.searchParams.set(name, text(value));
    if (url.href !== window.location.href) {
      window.history.replaceState(window.history.state, "", url);
    }
    return dash_clientside.no_update;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { address: { keep } });
})();
