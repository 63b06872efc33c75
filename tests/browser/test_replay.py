"""The replay: it shows what the file says, plays from the cursor, and every control acts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Request, expect

from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache
from data_layer.replay.outcome_times import outcome_times
from data_layer.store.session_store import SessionStore
from tests.browser.conftest import LAPTOP
from tests.support.complaints import listen_for_complaints
from tests.support.waiting import wait_for, wait_ready

TIMES = 200
PIXELS = """id => { const c = document.getElementById(id);
    return [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]
        .reduce((sum, value, i) => (sum * 31 + value) % 1000003, 7); }"""
PLANE = "document.querySelector('.replay-plane canvas').dataset.painted"
SHOWN = """t => { vbd.cursor.carry(t); return new Promise(done => {
    const ask = () => { const block = vbd.replay.block(t);
        if (!block) return setTimeout(ask, 20);
        requestAnimationFrame(() => requestAnimationFrame(() => { const moment =
            vbd.replay.moment(block, t, vbd.stores.landmarks.trials_stop);
            done([document.getElementById('replay-screen').dataset.image,
                document.querySelector('#replay-outcome').dataset.outcome,
                moment.trial?.id ?? null, document.getElementById('replay-cm-s').textContent,
                moment.eye?.frame ?? null,
                document.getElementById('replay-lick').dataset.on ?? null,
            ]); })); }; ask(); }); }"""


@pytest.fixture(scope="module")
def experiment(small_release: Path) -> BehaviorOphysExperiment:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(small_release)
    table = cache.get_ophys_experiment_table()
    here = table[table.index.isin(cache.available("experiment")) & ~table["passive"]]
    return cache.get_behavior_ophys_experiment(int(here.index[0]))


@pytest.fixture(scope="module")
def own_complaints() -> list[str]:
    """The errors of the page of all tests here."""
    return []


@pytest.fixture(scope="module")
def own_page(
    browser: Browser,
    dashboard_url: str,
    experiment: BehaviorOphysExperiment,
    own_complaints: list[str],
) -> Iterator[Page]:
    """One page of a session whose tab "Replay" is open, for all tests here."""
    page = browser.new_context(base_url=dashboard_url, viewport=LAPTOP).new_page()
    listen_for_complaints(page, own_complaints)
    page.goto(f"/experiment/{experiment.ophys_experiment_id}?tab=replay&t=120-150")
    wait_ready(page)
    yield page
    page.context.close()
    assert not own_complaints, "\n".join(own_complaints)


@pytest.fixture
def replay(own_page: Page) -> Iterator[Page]:
    """The page, paused in the middle of its first window."""
    yield own_page
    if own_page.evaluate("vbd.replay.isPlaying()"):
        own_page.evaluate("vbd.replay.toggle()")
    own_page.evaluate("vbd.time.show(120, 150)")
    own_page.locator("label", has_text="×1").first.click()
    wait_ready(own_page)


def test_it_shows_what_the_file_says_at_200_times(
    replay: Page, experiment: BehaviorOphysExperiment
) -> None:
    store = SessionStore(experiment)
    spans, trials = store.presentation_spans, experiment.trials
    known = outcome_times(trials, experiment.task_parameters["response_window_sec"][1])
    starts = trials["start_time"].to_numpy()
    labels = store.spans("trials").labels
    licks = experiment.licks["timestamps"].to_numpy()
    speeds = experiment.running_speed
    eyes = experiment.eye_tracking["timestamps"].to_numpy()
    some = random.Random(11)
    borders = [*spans.starts[::40], *spans.stops[::40], *known[::4]]
    times = [some.uniform(*store.bounds) for _ in range(TIMES - len(borders[:60]))]
    times += [border + some.uniform(-0.02, 0.02) for border in borders[:60]]
    for t in sorted(times):
        image, outcome, trial, running, frame, lick = replay.evaluate(SHOWN, t)
        i = np.searchsorted(spans.starts, t, side="right") - 1
        is_shown = i >= 0 and t <= spans.stops[i]
        assert image == (spans.labels[i] if is_shown else ""), t
        k = np.searchsorted(starts, t, side="right") - 1
        is_trial = k >= 0 and t < np.nanmax(trials["stop_time"])
        assert trial == (int(trials.index[k]) if is_trial else None), t
        assert outcome == (labels[k] if is_trial and t >= known[k] else ""), t
        nearest = (speeds["timestamps"] - t).abs().idxmin()
        if abs(speeds.loc[nearest, "timestamps"] - t) > 0.1:
            assert running == "running not known"
        else:
            shown = float(running.removesuffix(" cm/s").replace("\N{MINUS SIGN}", "-"))
            assert shown == pytest.approx(speeds.loc[nearest, "speed"], abs=0.051), t
        best = int(np.abs(eyes - t).argmin())
        assert frame == (best if abs(eyes[best] - t) <= 0.1 else None), t
        assert (lick is not None) == bool(((licks <= t) & (t - licks <= 0.15)).any()), t


def test_playing_moves_cursor_screen_and_cells_without_the_server(replay: Page) -> None:
    wait_for(replay, "vbd.replay.block(135) && vbd.replay.time() !== null")
    replay.evaluate("vbd.cursor.set(132)")
    wait_ready(replay)
    before = replay.evaluate(f"[{PLANE}, document.getElementById('replay-time').textContent]")
    line = "document.querySelector('#timeline-graph .cursor-line, .timeline-graph .cursor-line')"
    left = replay.evaluate(f"{line}.style.left")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    replay.mouse.move(5, 5)
    replay.keyboard.press("p")
    replay.on("request", note)
    wait_for(replay, "vbd.replay.time() > 134")
    replay.remove_listener("request", note)
    assert not [url for url in asked if "/moment/" in url or "_dash-update" in url]
    assert len([url for url in asked if "/replay/" in url]) <= 2
    expect(replay.locator("#replay-play")).to_have_attribute("aria-label", "Pause (p)")
    assert replay.evaluate(f"{line}.style.left") != left
    after = replay.evaluate(f"[{PLANE}, document.getElementById('replay-time').textContent]")
    assert all(new != old for new, old in zip(after, before, strict=True))
    replay.locator("#replay-play").click()
    expect(replay.locator("#replay-play")).to_have_attribute("aria-label", "Play (p)")
    paused = replay.evaluate("vbd.replay.time()")
    replay.wait_for_timeout(300)
    assert replay.evaluate("vbd.replay.time()") == paused
    expect(replay.locator("#readout")).to_contain_text(f"t {paused:.2f}")


@pytest.mark.parametrize(("label", "speed"), [("×4", 4), ("×16", 16), ("×½", 0.5)])
def test_a_speed_is_as_it_says(replay: Page, label: str, speed: float) -> None:
    replay.locator(".replay-controls label", has_text=label).click()
    assert f"replay-speed={speed}" in replay.url
    replay.evaluate("vbd.cursor.set(121)")
    clock = """new Promise(done => { vbd.replay.toggle(); let from = null; const look = now => {
        if (!from) { from = [now, vbd.replay.time()]; return setTimeout(() =>
            requestAnimationFrame(look), 700); }
        const passed = (vbd.replay.time() - from[1]) / (now - from[0]) * 1000;
        vbd.replay.toggle(); done(passed); };
        const start = () => vbd.replay.time() > 121.01 ? requestAnimationFrame(look)
            : requestAnimationFrame(start); start(); })"""
    assert replay.evaluate(clock) == pytest.approx(speed, rel=0.3)


def test_loop_repeats_the_window_and_without_it_the_window_goes_on(replay: Page) -> None:
    replay.evaluate("vbd.time.show(130, 132)")
    replay.locator(".replay-controls label", has_text="loop").click()
    assert "replay-loop=on" in replay.url
    replay.locator(".replay-controls label", has_text="×16").click()
    replay.keyboard.press("p")
    replay.wait_for_timeout(700)
    assert replay.evaluate("vbd.time.window()") == {"start": 130, "stop": 132}
    assert 130 <= replay.evaluate("vbd.replay.time()") <= 132
    replay.locator(".replay-controls label", has_text="loop").click()
    wait_for(replay, "vbd.time.window().start >= 134")
    assert "replay-loop" not in replay.url


def test_steps_go_from_flash_to_flash_by_key_and_button(
    replay: Page, experiment: BehaviorOphysExperiment
) -> None:
    starts = SessionStore(experiment).presentation_spans.starts
    replay.evaluate("vbd.cursor.set(139.5)")
    wait_for(replay, "vbd.replay.block(139.5)")
    following = starts[starts > 139.5][:3]
    replay.keyboard.press(".")
    wait_for(replay, f"Math.abs(vbd.replay.time() - {following[0]}) < 1e-6")
    replay.locator("#replay-forward").click()
    wait_for(replay, f"Math.abs(vbd.replay.time() - {following[1]}) < 1e-6")
    replay.keyboard.press(",")
    wait_for(replay, f"Math.abs(vbd.replay.time() - {following[0]}) < 1e-6")
    replay.locator("#replay-back").click()
    wait_for(replay, f"Math.abs(vbd.replay.time() - {starts[starts < following[0]][-1]}) < 1e-6")


def test_cells_light_up_only_where_there_was_imaging(replay: Page) -> None:
    replay.evaluate(SHOWN, 130)
    lit = """() => { const canvas = document.querySelector('.replay-plane canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4)
            if (data[i + 3] > 100 && data[i] < 70 && data[i + 1] > 220) count += 1;
        return count; }"""
    assert replay.evaluate(lit) > 0
    replay.evaluate("""() => { const block = vbd.replay.block(130);
        const planes = block.planes.map(one => ({...one, time: one.time.map(t => t + 60)}));
        vbd.replay.planes.draw({...block, planes}, 130); }""")
    assert replay.evaluate(lit) == 0


def test_the_side_of_the_picture_changes_the_screen_and_back(
    replay: Page, experiment: BehaviorOphysExperiment
) -> None:
    spans = SessionStore(experiment).presentation_spans
    flash = next(
        start
        for start, name in zip(spans.starts, spans.labels, strict=True)
        if start > 125 and name.startswith("im")
    )
    replay.evaluate(SHOWN, flash + 0.1)
    sides = [("as seen", "unwarped"), ("on the monitor", "warped")]
    for label, side in sides:
        before = replay.evaluate(PIXELS, "replay-screen")
        wait_before = (
            f"!document.getElementById('replay-screen').dataset.painted.includes(',{side},true')"
        )
        assert replay.evaluate(wait_before)
        replay.locator("#replay-side label", has_text=label).click()
        wait_for(
            replay,
            f"document.getElementById('replay-screen').dataset.painted.includes(',{side},true')",
        )
        assert replay.evaluate(PIXELS, "replay-screen") != before


def test_sound_is_heard_at_licks_only_where_it_is_switched_on(
    replay: Page, experiment: BehaviorOphysExperiment
) -> None:
    licks = experiment.licks["timestamps"].to_numpy()
    first = licks[licks > 122][0]
    sounds = "Number(document.getElementById('replay-sound').dataset.sounds ?? 0)"

    def play_over_licks() -> None:
        replay.evaluate(f"vbd.time.show({first - 1}, {first + 9}); vbd.cursor.set({first - 0.5})")
        replay.evaluate("vbd.replay.toggle()")
        wait_for(replay, f"vbd.replay.time() > {first + 0.5}")
        replay.evaluate("vbd.replay.toggle()")

    play_over_licks()
    assert replay.evaluate(sounds) == 0
    replay.locator(".replay-controls label", has_text="sound").click()
    play_over_licks()
    assert replay.evaluate(sounds) > 0
    replay.locator(".replay-controls label", has_text="sound").click()


def test_paused_it_shows_the_moment_under_the_pointer_also_after_a_resize(replay: Page) -> None:
    for width in (1440, 1200):
        replay.set_viewport_size({"width": width, "height": 900})
        wait_ready(replay)
        box = replay.locator("#timeline-graph").bounding_box()
        assert box
        replay.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 80)
        first = replay.locator("#replay-time").inner_text()
        replay.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 80)
        expect(replay.locator("#replay-time")).not_to_have_text(first)
        size = "c => [c.width, Math.round(c.clientWidth * devicePixelRatio)]"
        wide, shown = replay.locator("#replay-screen").evaluate(size)
        assert wide == shown
    replay.set_viewport_size(LAPTOP)


def test_a_block_that_is_refused_is_told_and_asked_for_again(
    replay: Page, own_complaints: list[str]
) -> None:
    address = "**/replay/**"
    replay.route(address, lambda route: route.fulfill(status=404, body="It is away."))
    replay.evaluate("vbd.time.show(225, 235)")
    expect(replay.locator("#replay-told")).to_have_text("It is away.")
    wait_for(replay, "document.body.dataset.state === 'ready'")
    replay.unroute(address)
    replay.keyboard.press("p")
    wait_for(replay, "vbd.replay.time() > 230.2")
    own_complaints.clear()
    expect(replay.locator("#replay-told")).to_have_text("")


def test_the_key_opens_the_tab_and_several_planes_are_shown(
    open_page: Callable[[], Page], small_release: Path
) -> None:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(small_release)
    table = cache.get_ophys_experiment_table()
    here = table[table.index.isin(cache.available("experiment"))]
    planes = here.groupby("ophys_session_id").size()
    page = open_page()
    page.goto(f"/session/{planes.idxmax()}")
    wait_ready(page)
    page.keyboard.press("p")
    expect(page.locator("#panel-replay")).to_be_visible()
    wait_ready(page)
    expect(page.locator(".replay-plane")).to_have_count(int(planes.max()))
    painted = "[...document.querySelectorAll('.replay-plane canvas')].every(c => c.dataset.painted)"
    wait_for(page, painted)


def test_a_session_without_planes_and_eye_says_so(page: Page, small_release: Path) -> None:
    cache = VisualBehaviorOphysProjectCache.from_local_cache(small_release)
    page.goto(f"/behavior/{min(cache.available('behavior'))}?tab=replay")
    wait_ready(page)
    expect(page.locator("#replay-blink")).to_have_text("no eye tracking")
    expect(page.locator(".replay-plane")).to_have_count(0)
    page.keyboard.press("p")
    before = page.evaluate("vbd.replay.time()")
    wait_for(page, f"vbd.replay.time() > {before} + 0.3")
