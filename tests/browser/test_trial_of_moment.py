"""Click, step and read-out agree about the trial at a time."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from tests.support.waiting import wait_for, wait_ready

IN_PAGE = "t => vbd.trialOfMoment(vbd.stores.landmarks.trial, vbd.stores.landmarks.trials_stop, t)"
FRAME = "vbd.axis.frame(document.getElementById('timeline-graph'))"
ROWS = "document.querySelector('.timeline-graph .js-plotly-plot').layout.meta.rows"


def test_click_step_and_read_out_agree(page: Page, small_release: Path) -> None:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(small_release)
    table = cache.get_ophys_experiment_table()
    here = table[table.index.isin(cache.available("experiment")) & ~table["passive"]]
    id_ = int(here.index[0])
    trials = cache.get_behavior_ophys_experiment(id_).trials
    page.goto(f"/experiment/{id_}")
    wait_ready(page)

    borders = [*trials["start_time"], *trials["stop_time"]]
    for time in sorted(
        {round(t + d, 4) for t in borders[:6] + borders[-6:] for d in (-1e-4, 0, 1e-4)}
    ):
        answer = page.request.get(f"/moment/experiment/{id_}?t={time:.4f}").json()["trial"]
        index = page.evaluate(IN_PAGE, time)
        assert (answer and answer["trials_id"]) == (
            int(trials.index[index]) if index >= 0 else None
        )

    middle = page.evaluate("(vbd.time.window().start + vbd.time.window().stop) / 2")
    page.keyboard.press("t")
    following = trials.index[trials["start_time"] > middle + 1e-3][0]
    expect(page.locator("#readout")).to_contain_text(f"trial {following} ")

    wait_ready(page)
    row = next(row for row in page.evaluate(ROWS) if row["name"] == "trials")
    frame = page.evaluate(FRAME)
    start, stop = trials.loc[following, ["start_time", "stop_time"]]
    at = (start + stop) / 2
    x = frame["left"] + (at - frame["start"]) / (frame["stop"] - frame["start"]) * frame["width"]
    page.mouse.click(x, frame["top"] + (1 - sum(row["domain"]) / 2) * frame["height"])
    wait_for(page, f"Math.abs(vbd.time.window().start - {start - 2}) < 0.001")
