"""``vbdash open`` of a file that is not on this machine."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from dashboard.cli.command_line import main
from tests.support.object_store import object_store
from tests.support.running import vbdash
from tests.support.until import wait_until


@pytest.mark.parametrize("form", ["s3://bucket/a/{name}", "{url}/bucket/a/{name}"])
def test_an_address_is_shown_as_a_file_is(
    form: str, small_experiment: Path, tmp_path: Path
) -> None:
    with object_store("bucket") as store:
        store.objects.put(f"a/{small_experiment.name}", small_experiment, "v1")
        address = form.format(name=small_experiment.name, url=store.url)
        endpoint = ["--endpoint", store.url] if address.startswith("s3:") else []
        environment = os.environ | {"VBDASH_WORK_DIR": str(tmp_path)}
        with vbdash("open", address, *endpoint, environment=environment) as server:
            id_ = small_experiment.stem.rpartition("_")[2]
            assert server.url.endswith(f"/experiment/{id_}")
            assert urlopen(server.url).status == 200

            def prepared() -> dict[str, object]:
                with urlopen(urljoin(server.url, f"/prepared/experiment/{id_}")) as answer:
                    return dict(json.load(answer))

            size = small_experiment.stat().st_size
            assert prepared()["size"] == size
            wait_until(lambda: prepared()["state"] == "ready")
            assert 0 < int(str(prepared()["arrived"])) <= size
        assert len([*(tmp_path / "sidecars").iterdir()]) == 1


@pytest.mark.fault
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("s3://bucket/nothing.nwb", "has no nothing.nwb"),
        ("http://127.0.0.1:9/a.nwb", "nothing listens there"),
        ("memory://nothing/a.nwb", "has no a.nwb"),
    ],
)
def test_an_address_that_gives_nothing_is_told(
    address: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with object_store("bucket") as store:
        assert main(["open", address, "--endpoint", store.url, "--port", "0"]) == 2
    assert why in capsys.readouterr().err


@pytest.mark.fault
def test_an_object_that_is_no_session_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with object_store("bucket") as store:
        store.objects.put("a.nwb", b"no HDF5" * 1000)
        options = ["--endpoint", store.url, "--port", "0", "--work-dir", str(tmp_path)]
        assert main(["open", "s3://bucket/a.nwb", *options]) == 2
    assert "cannot be opened as HDF5" in capsys.readouterr().err
