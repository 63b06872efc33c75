/** Explore's tables: rows from columns, and how values are shown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, PURE } from "../support/load.js";
import { forSeeds } from "../support/random.js";
import { documentOf, plainRows } from "../support/tables.js";

const { explore } = load(PURE).vbd;

test("a row has what the plain row has", () => {
  forSeeds(50, (random) => {
    const rows = plainRows(random);
    const table = explore.decode(documentOf(rows));
    assert.deepEqual(
      table.ids,
      rows.map((row) => String(row.id)),
    );
    rows.forEach((row, index) => {
      assert.deepEqual(table.rows[index], {
        id: String(row.id),
        index,
        here: row.here,
        opens: row.opens,
        prepared: row.prepared,
        behavior_session_id: row.id,
        cre_line: row.cre,
        mouse_id: String(row.mouse),
        age_in_days: row.age,
        passive: row.passive,
        ophys_experiment_id: row.planes.length ? row.planes : null,
      });
    });
  });
});

test("values are shown in the page's words", () => {
  forSeeds(1, (random) => {
    const { column } = explore.decode(documentOf(plainRows(random)));
    const { cre_line, passive, ophys_experiment_id } = column;
    assert.ok(cre_line && passive && ophys_experiment_id);
    assert.equal(explore.shown(cre_line, "Vip-IRES-Cre"), "Inhibitory V");
    assert.equal(explore.shown(cre_line, "Sst-IRES-Cre"), "Sst-IRES-Cre");
    assert.equal(explore.shown(cre_line, null), "");
    assert.equal(explore.shown(passive, false), "False");
    assert.equal(explore.shown(ophys_experiment_id, [1, 2]), "1, 2");
    const date = { ...passive, type: /** @type {const} */ ("date") };
    assert.equal(explore.shown(date, "2019-05-01 10:11:12.131415"), "2019-05-01 10:11");
  });
});
