/**
 * A facet of numbers or dates: a histogram in which dragging chooses a range, and two fields for
 * exact limits. Pale bars count the rows that pass the other filters, dark bars those in the range.
 */
vbd.explore ??= /** @type {VbdExplore} */ ({});
(() => {
  const { explore } = vbd;
  const CLICK = 3; // px; a shorter movement is a click
  /** @type {Explore.Range} */
  const EVERYTHING = { from: null, to: null };

  /** Build the facet; `choose(range)` gets {from, to} with null for an open end, or null for all. */
  explore.rangeFacet = (facet, choose) => {
    const scale = explore.scaleOf(facet);
    const bars = scale.edges.slice(1).map(() => vbd.element("i"));
    const plot = vbd.element("div", { className: "histogram" }, ...bars);
    const fields = limits(facet, scale, choose);
    const missing = vbd.element("p", { className: "facet-missing" });
    brush(plot, scale, choose);
    return {
      plot,
      scale,
      node: vbd.element("div", {}, plot, fields.node, missing),
      update(match, filter) {
        const range = filter && !Array.isArray(filter) ? filter : EVERYTHING;
        const { counts, without } = explore.histogram(facet, scale, match);
        draw(bars, scale, counts, range);
        fields.show(range);
        missing.textContent = without
          ? `${without.toLocaleString("en")} without a value, left out by a range.`
          : "";
      },
    };
  };

  /**
   * @param {HTMLElement[]} bars
   * @param {Explore.Scale} scale
   * @param {number[]} counts
   * @param {Explore.Range} range
   */
  function draw(bars, scale, counts, { from, to }) {
    const highest = Math.max(...counts, 1);
    bars.forEach((bar, bin) => {
      const [low, high] = [scale.edges[bin], scale.to(scale.edges[bin + 1])];
      const inside = (from === null || high >= from) && (to === null || low <= to);
      bar.style.height = counts[bin] ? `max(2px, ${(100 * counts[bin]) / highest}%)` : "0";
      bar.classList.toggle("outside", !inside);
      const title = `${low === high ? low : `${low} to ${high}`}: ${counts[bin].toLocaleString("en")}`;
      if (bar.title !== title) bar.title = title;
    });
  }

  /**
   * The two fields for exact limits.
   * @param {Explore.Facet} facet
   * @param {Explore.Scale} scale
   * @param {(range: Explore.Range | null) => void} choose
   */
  function limits(facet, scale, choose) {
    const type = facet.style === "dates" ? "date" : "number";
    /**
     * @param {string} label
     * @param {number | string} placeholder
     */
    const field = (label, placeholder) =>
      vbd.element("input", {
        type,
        placeholder: String(placeholder),
        "aria-label": `${facet.title} ${label}`,
      });
    const [from, to] = [field("from", scale.low), field("to", scale.high)];
    /** @param {HTMLInputElement} field */
    const read = ({ value }) => (value === "" ? null : type === "number" ? Number(value) : value);
    from.onchange = () => choose(orNull({ from: read(from), to: read(to) }));
    to.onchange = from.onchange;
    const unit = type === "number" ? facet.unit : "";
    return {
      node: vbd.element("div", { className: "facet-limits" }, from, "to", to, unit),
      /** @param {Explore.Range} range */
      show(range) {
        from.value = String(range.from ?? "");
        to.value = String(range.to ?? "");
      },
    };
  }

  /** @param {Explore.Range} range */
  const orNull = (range) => (range.from === null && range.to === null ? null : range);

  /**
   * Dragging over the histogram chooses complete bins; a click removes the range.
   * @param {HTMLElement} plot
   * @param {Explore.Scale} scale
   * @param {(range: Explore.Range | null) => void} choose
   */
  function brush(plot, scale, choose) {
    const bins = scale.edges.length - 1;
    /** @param {number} x */
    const bin = (x) => {
      const box = plot.getBoundingClientRect();
      const share = (x - box.left) / box.width;
      return Math.min(Math.max(Math.floor(share * bins), 0), bins - 1);
    };
    /**
     * @param {number} a
     * @param {number} b
     */
    const span = (a, b) => {
      const [first, last] = [Math.min(bin(a), bin(b)), Math.max(bin(a), bin(b))];
      return { from: scale.edges[first], to: scale.to(scale.edges[last + 1]) };
    };
    plot.onpointerdown = (down) => {
      plot.setPointerCapture(down.pointerId);
      plot.onpointermove = (move) => choose(span(down.clientX, move.clientX));
      plot.onpointerup = (up) => {
        plot.onpointermove = null;
        plot.onpointerup = null;
        if (Math.abs(up.clientX - down.clientX) < CLICK) choose(null);
      };
    };
  }
})();
