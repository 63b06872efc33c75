"""A plane that storage refuses after a while: the behaviour then comes from another plane."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.app import create_app
from data_layer.project_cache.cache import VisualBehaviorOphysProjectCache as Cache
from data_layer.project_cache.neighbours import planes
from data_layer.remote.errors import StreamUnreachable
from data_layer.settings import Settings
from tests.dashboard.pages.session.conftest import Asked
from tests.support.object_store import Fault, ObjectStore

pytestmark = pytest.mark.fault


@pytest.fixture
def session(streaming: Cache, small_cache: Cache) -> tuple[int, list[int]]:
    """The imaging session with the most planes that have a file, and these in their order."""
    table = streaming.get_ophys_experiment_table()
    here = table.loc[sorted(small_cache.here("experiment")), "ophys_session_id"]
    id_ = int(here.value_counts().idxmax())
    first = int(table.index[table["ophys_session_id"] == id_][0])
    return id_, [row.id for row in planes(table, first, ()).rows]


def test_behaviour_is_shown_though_its_first_plane_is_refused_after_its_clock_was_read(
    streaming: Cache, uploaded: ObjectStore, session: tuple[int, list[int]], tmp_path: Path
) -> None:
    id_, ids = session
    ask = Asked(create_app(streaming, Settings(work_dir=tmp_path, prepare=0)))
    address = {"kind": "session", "id": id_}

    def state_of(panel: str) -> str:
        answer = ask(f"panel-{panel}.data-state", "address.data", {"address.data": address})
        return str(answer.json["response"][f"panel-{panel}"]["data-state"])

    assert state_of("navigator") == "ready"
    first = min(
        ids, key=lambda plane: not any(f"_{plane}.nwb" in one.key for one in uploaded.asked)
    )
    assert first == ids[0]
    uploaded.fault = lambda asked, count: (
        Fault(status=403) if f"_{first}.nwb" in asked.key else None
    )
    before = StreamUnreachable.times
    for panel in ("performance", "stimuli", "navigator"):
        assert state_of(panel) == "ready", panel
    assert StreamUnreachable.times > before, "the first plane was asked for in vain"
