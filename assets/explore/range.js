/**
 * A facet of numbers or dates: a histogram on which dragging chooses a range, and two fields for
 * exact limits. Pale bars count the rows under the other filters, strong ones those in the range.
 */
(function () {
  "use strict";
  window.vbd = window.vbd || {};
  const explore = (window.vbd.explore = window.vbd.explore || {});
  const BINS = 28;
  const CLICK = 3; // px; less than this is no drag

  /** Build the facet; `choose(range)` gets {from, to} with null for an open end, or null. */
  explore.rangeFacet = function (facet, choose) {
    const scale = facet.style === "dates" ? days(facet) : numbers(facet);
    const bars = scale.edges.slice(1).map(() => explore.element("i"));
    const plot = explore.element("div", { className: "histogram" }, ...bars);
    const fields = limits(facet, scale, choose);
    const missing = explore.element("p", { className: "facet-missing" });
    brush(plot, scale, choose);
    return {
      node: explore.element("div", {}, plot, fields.node, missing),
      update(match, wanted) {
        const range = wanted && !Array.isArray(wanted) ? wanted : { from: null, to: null };
        const { counts, without } = histogram(facet, scale, match);
        draw(bars, scale, counts, range);
        fields.show(range);
        missing.textContent = without
          ? `${without.toLocaleString("en")} without a value, left out by a range.`
          : "";
      },
    };
  };

  function numbers(facet) {
    const values = measured(facet);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const step = niceStep((high - low + 1) / BINS);
    const first = Math.floor(low / step) * step;
    const edges = [first];
    while (edges.at(-1) <= high) edges.push(edges.at(-1) + step);
    return {
      edges,
      place: (value) => value,
      from: (edge) => edge,
      to: (edge) => edge - 1,
      low,
      high,
    };
  }

  const niceStep = (least) =>
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((n) => n >= least) || least;

  function days(facet) {
    const values = measured(facet).sort();
    const edges = [month(values[0], 0)];
    while (edges.at(-1) <= values.at(-1)) edges.push(month(edges.at(-1), 1));
    return {
      edges,
      place: (day) => day,
      from: (edge) => edge,
      to: (edge) => dayBefore(edge),
      low: values[0],
      high: values.at(-1),
    };
  }

  const iso = (date) => date.toISOString().slice(0, 10);
  const month = (day, later) =>
    iso(new Date(Date.UTC(+day.slice(0, 4), +day.slice(5, 7) - 1 + later)));
  const dayBefore = (day) => iso(new Date(Date.parse(day) - 86400000));

  function measured(facet) {
    return facet.values.flatMap((_, place) => explore.measures(facet, place));
  }

  function histogram(facet, scale, match) {
    const counts = scale.edges.slice(1).map(() => 0);
    let without = 0;
    explore.underOthers(match, facet.name, (place) => {
      const values = explore.measures(facet, place);
      if (!values.length) without++;
      new Set(values.map((value) => binOf(scale, value))).forEach((bin) => counts[bin]++);
    });
    return { counts, without };
  }

  /** The bin of a value, by bisection of the edges. */
  function binOf(scale, value) {
    let [low, high] = [0, scale.edges.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (value >= scale.edges[middle]) low = middle;
      else high = middle;
    }
    return low;
  }

  function draw(bars, scale, counts, { from, to }) {
    const most = Math.max(...counts, 1);
    bars.forEach((bar, bin) => {
      const [low, high] = [scale.edges[bin], scale.to(scale.edges[bin + 1])];
      const inside = (from === null || high >= from) && (to === null || low <= to);
      bar.style.height = counts[bin] ? `max(2px, ${(100 * counts[bin]) / most}%)` : "0";
      bar.classList.toggle("outside", !inside);
      bar.title = `${low === high ? low : `${low} to ${high}`}: ${counts[bin].toLocaleString("en")}`;
    });
  }

  function limits(facet, scale, choose) {
    const type = facet.style === "dates" ? "date" : "number";
    const field = (label, placeholder) =>
      explore.element("input", { type, placeholder, "aria-label": `${facet.title} ${label}` });
    const [from, to] = [field("from", scale.low), field("to", scale.high)];
    const read = ({ value }) => (value === "" ? null : type === "number" ? Number(value) : value);
    const changed = () => choose(orNull({ from: read(from), to: read(to) }));
    from.onchange = to.onchange = changed;
    const unit = type === "number" ? facet.unit : "";
    return {
      node: explore.element("div", { className: "facet-limits" }, from, "to", to, unit),
      show(range) {
        from.value = range.from === null ? "" : range.from;
        to.value = range.to === null ? "" : range.to;
      },
    };
  }

  const orNull = (range) => (range.from === null && range.to === null ? null : range);

  function brush(plot, scale, choose) {
    const bin = (x) => {
      const box = plot.getBoundingClientRect();
      const share = (x - box.left) / box.width;
      return Math.min(
        Math.max(Math.floor(share * (scale.edges.length - 1)), 0),
        scale.edges.length - 2,
      );
    };
    const span = (a, b) => {
      const [first, last] = [Math.min(bin(a), bin(b)), Math.max(bin(a), bin(b))];
      return { from: scale.edges[first], to: scale.to(scale.edges[last + 1]) };
    };
    plot.onpointerdown = (down) => {
      plot.setPointerCapture(down.pointerId);
      plot.onpointermove = (move) => choose(span(down.clientX, move.clientX));
      plot.onpointerup = (up) => {
        plot.onpointermove = plot.onpointerup = null;
        if (Math.abs(up.clientX - down.clientX) < CLICK) choose(null);
      };
    };
  }
})();
