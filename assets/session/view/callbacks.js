/** The callbacks that Dash calls when a store or a choice of a session page changes. */
window.vbd ??= /** @type {Vbd} */ ({});
vbd.view ??= /** @type {VbdView} */ ({});
(() => {
  /** @type {VbdRequest | null} */
  let drawn = null;

  /** @param {string} id */
  const optionOf = (id) => id.replace("option-", "");

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    view: {
      /**
       * Store the facts and the first view of a new page.
       * @param {VbdAddress} address
       * @param {VbdSpan} bounds
       * @param {VbdLandmarks} landmarks
       * @param {VbdOptions} defaults
       * @param {VbdSpan} span
       * @param {VbdSelection} selection
       * @param {VbdOptions} options
       */
      arrived(address, bounds, landmarks, defaults, span, selection, options) {
        Object.assign(vbd.stores, { address, bounds, landmarks, defaults });
        vbd.view.url.tidy();
        drawn = null;
        Object.assign(vbd.view.state, { window: span, cells: selection.cells, options });
        vbd.view.requests.restart();
        vbd.view.url.restart();
        vbd.columns.arrived();
        vbd.panels.arrived(String(options.max ?? ""));
        vbd.view.emit("window", span);
        vbd.view.emit("selection", selection);
        vbd.view.requests.ask();
        vbd.view.requests.settle();
        vbd.view.url.write();
        return dash_clientside.no_update;
      },
      /** @param {VbdSpan} span */
      windowChanged(span) {
        vbd.view.state.window = span;
        vbd.view.emit("window", span);
        vbd.view.requests.ask();
        vbd.view.url.write();
        vbd.view.requests.settle();
        vbd.hand.follow();
        return dash_clientside.no_update;
      },
      /** @param {VbdRequest | null} request */
      answered(request) {
        if (!request) return dash_clientside.no_update;
        const isSame = drawn?.start === request.start && drawn?.stop === request.stop;
        const isMore = isSame && request.ahead && !drawn?.ahead;
        drawn = request;
        vbd.view.requests.answered(request);
        if (!isMore) vbd.view.emit("drawn", request); // what lies ahead is drawn unseen
        return dash_clientside.no_update;
      },
      /** @param {VbdSelection} selection */
      selectionChanged(selection) {
        vbd.view.state.cells = selection.cells;
        vbd.view.emit("selection", selection);
        vbd.view.url.write();
        return dash_clientside.no_update;
      },
      /** @param {VbdOptions} options */
      optionsChanged(options) {
        vbd.view.state.options = options;
        vbd.view.emit("options", options);
        vbd.view.url.write();
        return dash_clientside.no_update;
      },
      /** @param {string | null} tab */
      tabChanged(tab) {
        // Where a panel's script is lost, the tabs fall back to the first until the page is loaded anew.
        const isLost = document.getElementById("start-problem");
        if (tab && !isLost) vbd.view.keep("tab", tab);
        vbd.graphs.fit();
        document.dispatchEvent(new CustomEvent("vbd:due")); // other panels are in sight
        return dash_clientside.no_update;
      },
      /**
       * @param {VbdOption} value
       * @param {string} id
       */
      optionChosen(value, id) {
        const name = optionOf(id);
        const shown = vbd.view.state.options[name];
        const inputs = document.querySelectorAll(`#${id} input`);
        const usual = [...inputs].map((input) => /** @type {HTMLInputElement} */ (input).value);
        const isList = Array.isArray(value) && Array.isArray(shown);
        const wanted = isList ? vbd.view.inPlace(shown, value, usual) : value;
        if (JSON.stringify(shown) !== JSON.stringify(wanted)) vbd.options.set({ [name]: wanted });
        return dash_clientside.no_update;
      },
      /**
       * Store an option that only its own panel uses: it is written to the URL, without an event.
       * @param {VbdOption | boolean | null} value
       * @param {string} id
       */
      optionKept(value, id) {
        vbd.view.keep(optionOf(id), vbd.choiceOf(value));
        return dash_clientside.no_update;
      },
    },
  });
})();
