/** Histograms of numbers and dates: bins without gaps, counts of a plain loop. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, PURE } from "../support/load.js";
import { forSeeds } from "../support/random.js";
import { documentOf, MEASURES, plainRows } from "../support/tables.js";

const { explore } = load(PURE).vbd;

test("every row is counted in each bin that has one of its values", () => {
  forSeeds(200, (random) => {
    const rows = plainRows(random);
    const table = explore.decode(documentOf(rows));
    const match = explore.match(table, { cre_line: ["Vip-IRES-Cre"] }, "");
    const passing = rows.filter((row) => row.cre === "Vip-IRES-Cre");
    for (const [name, measures] of Object.entries(MEASURES)) {
      const facet = table.facet[name];
      if (!facet || !rows.flatMap(measures).length) continue;
      const scale = explore.scaleOf(facet);
      const { edges } = scale;
      const expected = edges
        .slice(1)
        .map(
          (end, bin) =>
            passing.filter((row) =>
              measures(row).some((value) => edges[bin] <= value && value < end),
            ).length,
        );
      const { counts, without } = explore.histogram(facet, scale, match);
      assert.deepEqual(counts, expected, name);
      assert.equal(without, passing.filter((row) => !measures(row).length).length);
    }
  });
});

test("the bins hold all values, and end where the next begins", () => {
  forSeeds(200, (random) => {
    const rows = plainRows(random, 40);
    const table = explore.decode(documentOf(rows));
    for (const [name, measures] of Object.entries(MEASURES)) {
      const facet = table.facet[name];
      const values = rows.flatMap(measures);
      if (!facet || !values.length) continue;
      const { edges, low, high, to } = explore.scaleOf(facet);
      const sorted = values.toSorted((a, b) => (a < b ? -1 : 1));
      assert.deepEqual([low, high], [sorted[0], sorted.at(-1)]);
      assert.ok(edges[0] <= low && high < edges[edges.length - 1]);
      assert.deepEqual(
        edges,
        edges.toSorted((a, b) => (a < b ? -1 : 1)),
      );
      assert.ok(edges.every((edge) => to(edge) < edge));
      assert.ok(edges.length <= 31);
    }
  });
});

test("bins of numbers are of one round width", () => {
  forSeeds(50, (random) => {
    const facet = explore.decode(documentOf(plainRows(random, 40))).facet.age_in_days;
    assert.ok(facet);
    const edges = explore.scaleOf(facet).edges.map(Number);
    const widths = new Set(edges.slice(1).map((edge, bin) => edge - edges[bin]));
    assert.equal(widths.size, 1);
    assert.ok([1, 2, 5, 10, 20].includes([...widths][0]));
  });
});

test("bins of dates are months, through the end of a year", () => {
  const facet = /** @type {Explore.Facet} */ ({
    name: "date_of_acquisition",
    style: "dates",
    values: ["2018-11-30 08:00:00", null, "2019-02-01 23:59:59"],
  });
  const { edges, to } = explore.scaleOf(facet);
  assert.deepEqual(edges, ["2018-11-01", "2018-12-01", "2019-01-01", "2019-02-01", "2019-03-01"]);
  assert.equal(to("2019-03-01"), "2019-02-28");
});

test("bins of numbers with decimals have round edges, hold all values, and limits of few digits", () => {
  forSeeds(200, (random) => {
    const least = random.pick([0, -3, 100]);
    const spread = random.pick([1e-4, 0.3, 7, 4321.5]);
    const values = Array.from({ length: 40 }, () => least + spread * (random.whole(0, 1e6) / 1e6));
    const facet = /** @type {Explore.Facet} */ ({ name: "snr", style: "range", values });
    const scale = explore.scaleOf(facet);
    const edges = scale.edges.map(Number);
    assert.ok(edges.length <= 32);
    assert.ok(edges[0] <= Math.min(...values) && Math.max(...values) < edges[edges.length - 1]);
    for (const text of [...edges, scale.low, scale.high].map(String)) {
      assert.ok(text.replace(/^-?0*\.?0*/, "").length <= 11, text);
    }
    assert.equal(scale.to(edges[1]), edges[1]);
  });
});
