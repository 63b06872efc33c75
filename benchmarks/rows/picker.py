"""Picker: Explore's largest table after a click on a facet, its groups and histograms.

The groups and histograms are of the imaging planes, of which there are more measures."""

from __future__ import annotations

import statistics
from functools import partial
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser

from benchmarks.bench import Bench, environment_of
from benchmarks.browser import headless, new_page
from benchmarks.harness import OURS, Bound, Line, Sample, in_turn
from benchmarks.servers import vbdash_serve
from data_layer.demo.behavior.played_task import play_task
from data_layer.demo.plan import demo_plan
from data_layer.demo.tables import count_trials, metadata_tables
from tests.support.reference import FOLDER
from tests.support.waiting import wait_ready

ROW, VIEWS = "picker", "views"
N_ROWS = 4787
RELEASED = FOLDER / "reference" / "project_metadata"
FACET = "cre_line"
BEYOND_ALL_IDS = 10_000_000  # larger than the range of the demo's ids
SCRIPT = Path(__file__).with_name("counted.js")
VIEWS_SCRIPT = Path(__file__).with_name("explored.js")
BRUSHED = "age_in_days"


def measure(bench: Bench) -> list[Line]:
    """Measure clicks on each value of one facet, on and off, and changes of both views."""
    tables = RELEASED if RELEASED.is_dir() else _simulated(bench.scratch / "tables")
    note = "the tables of the release" if tables == RELEASED else "simulated tables of that size"
    environment = environment_of(bench.scratch / "picker")
    with vbdash_serve(tables, environment) as url, headless() as browser:
        measures = {OURS: partial(_clicks, browser, url), VIEWS: partial(_views, browser, url)}
        turns = in_turn(bench.runs, measures)
    n_rows = int(turns.first(OURS, "rows") or N_ROWS)
    planes = f"{turns.first(VIEWS, 'rows') or 0:,} planes"
    of_views = partial(turns.line, ROW, unit="ms", note=note, ours=VIEWS)
    return [
        turns.line(ROW, f"facet click over {n_rows:,} rows", "ms", "ms", Bound(150), note=note),
        of_views(f"another measure by group, {planes}", key="group", bound=Bound(300)),
        of_views(f"a step of a dragged range, {planes}", key="step", bound=Bound(50)),
    ]


def _clicks(browser: Browser, url: str) -> Sample:
    with new_page(browser) as page:
        page.add_init_script(path=SCRIPT)
        page.goto(f"{url}/?tab=behavior")
        wait_ready(page)
        total = page.locator("#explore-count").inner_text().rpartition(" ")[2]
        times = []
        for value in page.locator(f"#facet-{FACET} .facet-value").all():
            for _ in ("on", "off"):
                page.evaluate("() => { window.updated = counted.afterClick(); }")
                value.click()
                times.append(page.evaluate("() => window.updated"))
        return {"ms": statistics.median(times), "rows": int(total.replace(",", ""))}


def _views(browser: Browser, url: str) -> Sample:
    """Medians, in ms, of the changes of the two views."""
    with new_page(browser) as page:
        page.add_init_script(path=VIEWS_SCRIPT)
        page.goto(f"{url}/?view=group")
        page.wait_for_selector("#explore-group[data-state=ready]")
        groups = page.evaluate("() => explored.regrouped()")
        page.locator("[data-view=histograms]").click()
        page.wait_for_selector("#explore-histograms[data-state=ready]")
        rows = page.locator("#explore-count").inner_text().rpartition(" ")[2]
        steps = page.evaluate("(name) => explored.brushed(name)", BRUSHED)
    return {
        "group": statistics.median(groups),
        "step": statistics.median(steps),
        "rows": int(rows.replace(",", "")),
    }


def _simulated(folder: Path) -> Path:
    """The demo's tables, with rows repeated under new ids."""
    plan = demo_plan()
    played = {session.behavior_session_id: play_task(session) for session in plan}
    counts = {id_: count_trials(task.trials, task.rewards) for id_, task in played.items()}
    tables = metadata_tables(plan, counts)
    behavior = tables["behavior_session_table"]
    times = -(-N_ROWS // len(behavior))
    repeated = pd.concat([behavior] * times, ignore_index=True).head(N_ROWS)
    repeated["behavior_session_id"] += repeated.index // len(behavior) * BEYOND_ALL_IDS
    folder.mkdir(parents=True)
    for name, table in {**tables, "behavior_session_table": repeated}.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    return folder
