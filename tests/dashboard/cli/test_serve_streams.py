"""``vbdash serve`` shows a session that is not on this machine, and keeps no whole file of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

from tests.support.running import vbdash
from tests.support.until import wait_until
from tests.support.uploaded_release import uploaded_release


def test_a_session_that_is_not_here_is_streamed_and_prepared(
    small_release: Path, small_experiment: Path, tmp_path: Path
) -> None:
    environment = os.environ | {"VBDASH_WORK_DIR": str(tmp_path), "VBDASH_OFFLINE": ""}
    id_ = small_experiment.stem.rpartition("_")[2]
    with (
        uploaded_release(small_release) as store,
        vbdash("serve", "--endpoint", store.url, environment=environment) as server,
    ):

        def prepared() -> dict[str, object]:
            with urlopen(urljoin(server.url, f"/prepared/experiment/{id_}")) as answer:
                return dict(json.load(answer))

        assert prepared()["size"] == small_experiment.stat().st_size
        wait_until(lambda: prepared()["state"] == "ready")
        picture = urljoin(server.url, f"/experiment/{id_}")
        assert urlopen(picture).status == 200
    assert not [*(tmp_path / "project-cache").rglob("*.nwb")]
    assert len([*(tmp_path / "streamed").glob("*/*.nwb")]) == 1
    assert len([*(tmp_path / "sidecars").iterdir()]) == 1
