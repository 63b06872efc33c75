"""How many requests and bytes it costs to look at a session that is streamed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.sidecars import make_sidecar
from data_layer.store.cell_order import change_response
from data_layer.store.session_store import SessionStore
from data_layer.values.window import Window
from tests.support.streaming import Stream, streamed

PIXELS = 1200


@dataclass(frozen=True)
class Cost:
    """What the behaviour panels, and then the whole first screen, have cost."""

    behavior: tuple[int, int]
    first_screen: tuple[int, int]
    size: int

    def part(self, n_bytes: int) -> float:
        """Bytes as a part of the file's."""
        return n_bytes / self.size


def look(store: SessionStore) -> None:
    """Ask what the page asks first of the behaviour: its header, timeline and tables."""
    window = Window(*store.bounds, PIXELS)
    assert store.metadata
    assert store.session.task_parameters
    for ask in (store.blinks, store.licks, store.rewards, store.trial_spans, store.flashes):
        ask(window)
    store.blocks()
    store.engaged()
    assert len(store.signal("running_speed", window).times)
    assert store.session.get_performance_metrics()
    assert store.image_names


def look_at_cells(store: SessionStore) -> None:
    """Ask what the page asks first of the plane: picture, outlines, and the heatmap in order."""
    assert store.experiment.max_projection.data.any()
    assert len(store.outlines) == len(store.cells)
    cells = store.cells["cell_roi_id"].tolist()
    store.heatmap("dff", Window(*store.bounds, PIXELS), cells)
    change_response(store, "dff")


def cost_of(stream: Stream, path: Path, size: int) -> Cost:
    stream.store.forget()
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        store = SessionStore(session)
        look(store)
        behavior = len(stream.store.asked), stream.store.sent
        look_at_cells(store)
    return Cost(behavior, (len(stream.store.asked), stream.store.sent), size)


Costs = Callable[[Path], tuple[Cost, Cost]]


@pytest.fixture
def costs(tmp_path: Path) -> Costs:
    """The costs of a file without and with a sidecar."""

    def measured(file: Path) -> tuple[Cost, Cost]:
        size = file.stat().st_size
        with streamed(file, tmp_path) as stream:
            without = cost_of(stream, stream.elsewhere("without"), size)
            assert make_sidecar(stream.elsewhere("maker"))
            return without, cost_of(stream, stream.elsewhere("with"), size)

    return measured


def test_a_small_session_costs_few_requests(costs: Costs, small_experiment: Path) -> None:
    without, with_one = costs(small_experiment)
    assert without.behavior[0] <= 80
    assert with_one.behavior[0] <= 16
    assert with_one.behavior[1] < without.behavior[1]
    assert with_one.first_screen[1] < without.first_screen[1]


def test_a_full_size_session_costs_what_it_may(costs: Costs) -> None:
    found = sorted((Path.home() / ".cache" / "vbdash" / "full-scale").glob("*.nwb"))
    if not found:
        pytest.skip("the full-size experiment is not here: `vbdash demo --scale full` builds it")
    without, with_one = costs(found[0])
    assert without.behavior[0] <= 80
    assert without.part(without.behavior[1]) <= 0.04
    assert with_one.behavior[0] <= 16
    assert with_one.part(with_one.behavior[1]) <= 0.02
    for cost in (without, with_one):
        assert cost.part(cost.first_screen[1]) <= 0.25
