/**
 * The state of a session page in the browser: time window, selected cells, options, URL.
 *
 * `vbd.time.show`, `vbd.cells.select` and `vbd.options.set` are the only writers of the stores
 * `window`, `selection` and `options`. The server is asked for one window at a time; what is
 * wanted meanwhile waits, and only the newest is asked for next.
 */
window.vbd = window.vbd || {};
(() => {
  const SHORTEST = 0.05; // s
  const SETTLED = 250; // ms without a change, after which others than the timeline follow
  const NEW_ENTRY_AFTER = 1500; // ms without a change make the next one a step of the back button
  const state = { window: null, cells: [], options: {}, asked: null, busy: false, drawn: false };
  let lastChange = 0;
  let revision = 0;

  const set = (id, data) => dash_clientside.set_props(id, { data });
  const emit = (name, detail) => document.dispatchEvent(new CustomEvent(`vbd:${name}`, { detail }));
  const store = (id) => vbd.stores[id];
  vbd.stores = {};

  /* ---- time ---- */
  function clamp(start, stop) {
    const bounds = store("bounds");
    const length = Math.min(Math.max(stop - start, SHORTEST), bounds.stop - bounds.start);
    const begin = Math.min(Math.max(start, bounds.start), bounds.stop - length);
    return { start: begin, stop: begin + length };
  }

  function show(start, stop) {
    if (!here() || !Number.isFinite(start) || !Number.isFinite(stop)) return;
    const next = clamp(Math.min(start, stop), Math.max(start, stop));
    const now = state.window;
    if (now && Math.abs(now.start - next.start) < 1e-6 && Math.abs(now.stop - next.stop) < 1e-6)
      return;
    set("window", next);
    state.window = next;
    ask(); // at once, rather than when Dash has gone through the window's callbacks
  }

  function settle() {
    clearTimeout(settle.timer);
    settle.timer = setTimeout(
      () => (state.busy ? settle() : set("settled", state.window)),
      SETTLED,
    );
  }

  /** Whether the timeline shows a window already, as after a drag, which Plotly has carried out. */
  function isShown({ start, stop }) {
    const plot = vbd.plotly.plot(document.getElementById("timeline-graph"));
    if (!plot || !plot.data.length) return false;
    const [first, last] = vbd.plotly.range(plot);
    return Math.abs(first - start) + Math.abs(last - stop) < 1e-6 * (stop - start);
  }

  const length = () => state.window.stop - state.window.start;
  vbd.time = {
    show,
    window: () => state.window,
    bounds: () => store("bounds"),
    /** Move the window so that `t` is in its middle; its length stays. */
    centre: (t) => show(t - length() / 2, t + length() / 2),
    /** Move by a fraction of the window. */
    pan: (part) => show(state.window.start + part * length(), state.window.stop + part * length()),
    /** Make the window `factor` times as long around `t` (its middle by default). */
    zoom(factor, t = (state.window.start + state.window.stop) / 2) {
      show(t - (t - state.window.start) * factor, t + (state.window.stop - t) * factor);
    },
    /** Give the window a length in seconds; 0 shows the whole session. */
    setLength(seconds) {
      if (!seconds) return show(store("bounds").start, store("bounds").stop);
      const middle = (state.window.start + state.window.stop) / 2;
      return show(middle - seconds / 2, middle + seconds / 2);
    },
    /** Go to the next (+) or previous (−) event of a kind, beyond the middle of the window. */
    step(kind, forward) {
      const times = (store("landmarks") || {})[kind] || [];
      const middle = (state.window.start + state.window.stop) / 2;
      const next = forward
        ? times.find((t) => t > middle + 1e-3)
        : [...times].reverse().find((t) => t < middle - 1e-3);
      if (next === undefined)
        return vbd.notify(`There is no ${forward ? "later" : "earlier"} ${kind}.`);
      return vbd.time.centre(next);
    },
  };

  /* ---- cells and options ---- */
  vbd.cells = {
    selected: () => state.cells,
    /** Select a cell; with `add`, beside those already selected, or drop it if it is one of them. */
    select(id, { add = false } = {}) {
      const known = state.cells.includes(id);
      const cells = !add
        ? [id]
        : known
          ? state.cells.filter((c) => c !== id)
          : [...state.cells, id];
      set("selection", { cells });
    },
  };
  vbd.options = {
    get: () => state.options,
    set: (changes) => set("options", { ...state.options, ...changes }),
  };
  vbd.notify = (text) => {
    const box = document.getElementById("notice");
    if (!box) return;
    box.textContent = text;
    box.classList.add("shown");
    clearTimeout(vbd.notify.timer);
    vbd.notify.timer = setTimeout(() => box.classList.remove("shown"), 2500);
  };

  /* ---- asking the server ---- */
  function pixels() {
    const f = vbd.axis.frame(document.getElementById("timeline-graph"));
    const panel = document.getElementById("timeline-graph");
    return Math.max(200, Math.round(f ? f.width : panel ? panel.clientWidth - 134 : 800));
  }

  /** Whether the stores belong to the page that the URL names; not so while a page arrives. */
  function here() {
    const { address } = vbd.stores;
    return Boolean(address) && window.location.pathname === vbd.url("recording", address);
  }

  function ask() {
    if (!here() || !document.getElementById("timeline-graph")) return;
    const wanted = { ...state.window, pixels: pixels(), first: !state.drawn };
    const same =
      state.asked && ["start", "stop", "pixels"].every((k) => state.asked[k] === wanted[k]);
    if (state.busy || same) return;
    state.busy = true;
    state.asked = wanted;
    set("request", wanted);
  }

  /* ---- the URL ---- */
  const round = (x) => Number(x.toFixed(3));
  const list = (values) => values.join(",");

  function query() {
    const parts = [`t=${round(state.window.start)}-${round(state.window.stop)}`];
    if (state.cells.length) parts.push(`cells=${list(state.cells)}`);
    const defaults = vbd.stores.defaults || {};
    for (const [name, value] of Object.entries(state.options)) {
      const text = Array.isArray(value) ? list(value) : String(value);
      const usual = Array.isArray(defaults[name]) ? list(defaults[name]) : String(defaults[name]);
      if (text !== usual) parts.push(`${name}=${encodeURIComponent(text).replaceAll("%2C", ",")}`);
    }
    return `?${parts.join("&")}`;
  }

  function writeUrl() {
    if (!here() || !state.window) return;
    const url = window.location.pathname + query();
    if (url === window.location.pathname + window.location.search) return;
    const newEntry = lastChange && Date.now() - lastChange > NEW_ENTRY_AFTER;
    lastChange = Date.now();
    window.history[newEntry ? "pushState" : "replaceState"](window.history.state, "", url);
  }

  /* ---- what Dash calls when a store changes ---- */
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    view: {
      /** Take over a new page: its fixed facts and its first view. */
      arrived(address, bounds, landmarks, defaults, span, selection, options) {
        Object.assign(vbd.stores, { address, bounds, landmarks, defaults });
        Object.assign(state, {
          window: span,
          cells: selection.cells,
          options,
          asked: null,
          busy: false,
          drawn: false,
        });
        lastChange = 0;
        emit("window", span);
        emit("selection", selection);
        ask();
        return dash_clientside.no_update;
      },
      windowChanged(data, figure) {
        state.window = data;
        emit("window", data);
        ask();
        writeUrl();
        settle();
        if (!figure || !figure.layout || !figure.data || !figure.data.length)
          return dash_clientside.no_update;
        if (isShown(data)) return dash_clientside.no_update;
        // Another revision, or Plotly would keep the range that was dragged to before.
        const uirevision = `moved ${(revision += 1)}`;
        const xaxis = { ...figure.layout.xaxis, range: [data.start, data.stop] };
        return { ...figure, layout: { ...figure.layout, xaxis, uirevision } };
      },
      answered(request) {
        if (!request) return dash_clientside.no_update;
        state.busy = false;
        state.drawn = true;
        const late = request.start !== state.window.start || request.stop !== state.window.stop;
        if (late) ask();
        emit("drawn", request);
        return dash_clientside.no_update;
      },
      selectionChanged(data) {
        state.cells = data.cells;
        emit("selection", data);
        writeUrl();
        return dash_clientside.no_update;
      },
      optionsChanged(data) {
        state.options = data;
        emit("options", data);
        writeUrl();
        return dash_clientside.no_update;
      },
      tabChanged(tab) {
        if (tab && state.options.tab !== tab && state.window) vbd.options.set({ tab });
        requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
        return dash_clientside.no_update;
      },
      optionChosen(value, id) {
        const name = id.replace("option-", "");
        const same = JSON.stringify(state.options[name]) === JSON.stringify(value);
        if (!same) vbd.options.set({ [name]: value });
        return dash_clientside.no_update;
      },
      /** An option that only its own panel looks at: kept in the URL, told to nobody else. */
      optionKept(value, id) {
        const name = id.replace("option-", "");
        const text = value ?? "";
        if (!here() || !state.window || state.options[name] === text)
          return dash_clientside.no_update;
        state.options = { ...state.options, [name]: text };
        writeUrl();
        return dash_clientside.no_update;
      },
    },
  });

  window.addEventListener("resize", () => {
    clearTimeout(vbd.resizeTimer);
    vbd.resizeTimer = setTimeout(ask, 250);
  });
})();
