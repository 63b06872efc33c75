"""The release on disk: whole or not at all, and its tables agree with its files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from data_layer import BehaviorOphysExperiment, BehaviorSession
from data_layer.demo import build_demo_release, is_built
from data_layer.demo.manifest import NAME, release_folder
from data_layer.derived.performance_metrics import TRIAL_COUNTS
from data_layer.errors import ProjectCacheError
from tests.data_layer.demo.conftest import TINY, TRAINING


def tables(cache_dir: Path) -> dict[str, pd.DataFrame]:
    folder = release_folder(cache_dir) / "project_metadata"
    return {path.stem: pd.read_csv(path) for path in folder.iterdir()}


def files(cache_dir: Path, kind: str) -> dict[int, Path]:
    """Files by the id in their name."""
    found = release_folder(cache_dir).glob(f"{kind}s/{kind}_*.nwb")
    return {int(path.stem.rsplit("_", 1)[1]): path for path in found}


TINY_RELEASE = [TRAINING, TINY]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A release of two short sessions."""
    return build_demo_release(tmp_path / "release", sessions=TINY_RELEASE)


def test_counts_of_trials_agree_with_the_files(small_release: Path) -> None:
    behavior = tables(small_release)["behavior_session_table"].set_index("behavior_session_id")
    opened = 0
    for path in [
        *files(small_release, "behavior_session").values(),
        *files(small_release, "behavior_ophys_experiment").values(),
    ]:
        with BehaviorSession.from_nwb_path(path) as session:
            metrics = session.get_performance_metrics()
            row = behavior.loc[session.behavior_session_id]
        assert {name: row[name] for name in TRIAL_COUNTS} == {
            name: metrics[name] for name in TRIAL_COUNTS
        }
        opened += 1
    assert opened > 6


def test_cells_agree_with_the_files(small_release: Path) -> None:
    cells = tables(small_release)["ophys_cells_table"]
    assert cells["cell_roi_id"].is_unique
    for experiment, path in files(small_release, "behavior_ophys_experiment").items():
        rows = cells[cells["ophys_experiment_id"] == experiment]
        with BehaviorOphysExperiment.from_nwb_path(path) as session:
            table = session.cell_specimen_table
        assert rows["cell_specimen_id"].tolist() == table.index.tolist()
        assert rows["cell_roi_id"].tolist() == table["cell_roi_id"].tolist()


def test_experiments_agree_with_the_files(small_release: Path) -> None:
    experiments = tables(small_release)["ophys_experiment_table"].set_index("ophys_experiment_id")
    same = [
        "ophys_session_id",
        "ophys_container_id",
        "imaging_depth",
        "targeted_structure",
        "session_type",
        "equipment_name",
        "cre_line",
        "age_in_days",
        "sex",
    ]
    for experiment, path in files(small_release, "behavior_ophys_experiment").items():
        with BehaviorOphysExperiment.from_nwb_path(path) as session:
            metadata = session.metadata
        row = experiments.loc[experiment]
        assert {name: row[name] for name in same} == {name: metadata[name] for name in same}
        assert pd.Timestamp(row["date_of_acquisition"], tz="UTC") == metadata["date_of_acquisition"]


def test_exposures_are_counted_from_the_mouse_s_own_past(small_release: Path) -> None:
    behavior = tables(small_release)["behavior_session_table"].sort_values("date_of_acquisition")
    for place, (_, row) in enumerate(behavior.iterrows()):
        before = behavior.iloc[:place]
        same_type = (before["session_type"] == row["session_type"]).sum()
        assert row["prior_exposures_to_session_type"] == same_type
        if row["image_set"] != "gratings":
            same_set = (before["image_set"] == row["image_set"]).sum()
            assert row["prior_exposures_to_image_set"] == same_set
    assert list(behavior["experience_level"].unique()) == [
        "Training",
        "Familiar",
        "Novel 1",
        "Novel >1",
    ]


def test_the_manifest_names_every_file_with_its_hash(small_release: Path) -> None:
    manifest = json.loads((small_release / NAME).read_text())
    entries = [*manifest["metadata_files"].values(), *manifest["data_files"].values()]
    places = {
        release_folder(small_release) / entry["url"].split("/", 4)[4]: entry["file_hash"]
        for entry in entries
    }
    there = set(release_folder(small_release).rglob("*.*"))
    assert there < set(places)  # some are listed, but not on this machine
    for path in there:
        assert hashlib.blake2b(path.read_bytes()).hexdigest() == places[path]


def test_a_finished_release_is_left_alone(tiny: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in tiny.rglob("*")}
    called: list[str] = []
    build_demo_release(tiny, on_progress=lambda what, done, total: called.append(what))
    assert {path: path.stat().st_mtime_ns for path in tiny.rglob("*")} == before
    assert not called


@pytest.mark.parametrize("harm", ["removed", "truncated"])
def test_an_incomplete_release_is_built_again(tiny: Path, harm: str) -> None:
    (path,) = files(tiny, "behavior_session").values()
    content = path.read_bytes()
    path.unlink()
    if harm == "truncated":
        path.write_bytes(content[:1000])
    assert not is_built(tiny)
    build_demo_release(tiny, sessions=TINY_RELEASE)
    assert is_built(tiny)
    assert path.read_bytes() == content


def test_a_release_of_another_version_is_built_again(tiny: Path) -> None:
    marker = tiny / "demo_release.json"
    marker.write_text(marker.read_text().replace('"format_version": ', '"format_version": 999'))
    assert not is_built(tiny)
    assert is_built(build_demo_release(tiny, sessions=TINY_RELEASE))


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_demo_release(tmp_path / "release", on_progress=fail, sessions=TINY_RELEASE)
    assert not list(tmp_path.iterdir())


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("not to be deleted")
    with pytest.raises(ProjectCacheError, match="is not a demo release"):
        build_demo_release(tmp_path, sessions=TINY_RELEASE)
    assert (tmp_path / "thesis.txt").exists()


def test_progress_counts_up_to_the_number_of_steps(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    build_demo_release(
        tmp_path / "release", on_progress=lambda *step: steps.append(step), sessions=TINY_RELEASE
    )
    assert [(done, total) for _, done, total in steps] == [(1, 3), (2, 3), (3, 3)]
