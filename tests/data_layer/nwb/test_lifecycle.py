"""Opening, closing, threads, and reading no more than is asked for."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_layer import BehaviorOphysExperiment, SessionClosed
from data_layer.memo import size_in_bytes
from data_layer.nwb.file import NwbFile

HEAVY = ("pynwb", "hdmf", "scipy.stats", "dash", "plotly")


def test_importing_and_reading_needs_nothing_heavy(experiment_file: Path) -> None:
    program = (
        "import sys, data_layer; assert 'pandas' not in sys.modules\n"
        f"session = data_layer.open_session({str(experiment_file)!r})\n"
        "session.events, session.get_performance_metrics(), session.stimulus_presentations\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr


def test_a_closed_session_says_so(experiment_file: Path) -> None:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        matrix = session.traces_matrix("dff")
        assert len(session.licks)
    session.close()
    for ask in (
        lambda: session.licks,
        lambda: session.metadata,
        lambda: session.behavior_session_id,
        lambda: session.has("licks"),
        lambda: session.get_performance_metrics(),
        lambda: matrix.read(0, 3),
        lambda: session.traces_matrix("events"),
    ):
        with pytest.raises(SessionClosed, match="is closed"):
            ask()


def test_a_session_is_closed_although_its_block_fails(experiment_file: Path) -> None:
    session = BehaviorOphysExperiment.from_nwb_path(experiment_file)
    with pytest.raises(ZeroDivisionError), session:
        raise ZeroDivisionError
    with pytest.raises(SessionClosed):
        session.trials  # noqa: B018


def test_paths_may_be_text(experiment_file: Path) -> None:
    with BehaviorOphysExperiment.from_nwb_path(str(experiment_file)) as session:
        assert session.path == experiment_file


def test_an_unknown_option_is_an_error(experiment_file: Path) -> None:
    with pytest.raises(TypeError, match="eye_tracking_threshold"):
        BehaviorOphysExperiment.from_nwb_path(experiment_file, eye_tracking_threshold=3)


def test_many_threads_read_the_same(experiment_file: Path) -> None:
    names = ["dff_traces", "trials", "stimulus_presentations", "eye_tracking", "events", "licks"]
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        alone = {name: getattr(session, name) for name in names}
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        with ThreadPoolExecutor(8) as threads:
            rows = threads.map(
                session.traces_matrix("events").read, range(0, 400, 4), range(4, 404, 4)
            )
            tables = list(threads.map(lambda name: getattr(session, name), names * 8))
            windows = np.concatenate(list(rows))
        for name, table in zip(names * 8, tables, strict=True):
            pd.testing.assert_frame_equal(table, alone[name])
        np.testing.assert_array_equal(windows, session.traces_matrix("events").read(0, 400))


def test_closing_while_threads_read_is_told(experiment_file: Path) -> None:
    session = BehaviorOphysExperiment.from_nwb_path(experiment_file)
    matrix = session.traces_matrix("dff")

    def read_on(_: int) -> str:
        try:
            for _ in range(200):
                matrix.read(0, 50)
        except SessionClosed:
            return "closed"
        return "done"

    with ThreadPoolExecutor(4) as threads:
        answers = threads.map(read_on, range(8))
        session.close()
        assert set(answers) <= {"closed", "done"}


@pytest.fixture
def what_is_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every dataset whose values are read, in order."""
    read: list[str] = []
    array = NwbFile.array

    def counted(self: NwbFile, stream: str, path: str, *args: object, **choices: object) -> object:
        read.append(path)
        return array(self, stream, path, *args, **choices)

    monkeypatch.setattr(NwbFile, "array", counted)
    return read


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("licks", "processing/licking"),
        ("running_speed", "processing/running/speed/"),
        ("trials", "intervals/trials"),
        ("max_projection", "processing/ophys/images/max_projection"),
        ("eye_tracking", "acquisition/EyeTracking"),
        ("cells", "processing/ophys/image_segmentation"),
        ("stimulus_templates", "stimulus/templates"),
    ],
)
def test_an_attribute_reads_only_its_own_part_and_once(
    experiment: BehaviorOphysExperiment, what_is_read: list[str], name: str, folder: str
) -> None:
    getattr(experiment, name)
    assert what_is_read
    assert all(path.startswith(folder) for path in what_is_read)
    first = len(what_is_read)
    getattr(experiment, name)
    assert len(what_is_read) == first


def test_opening_and_asking_what_is_there_reads_no_values(
    what_is_read: list[str], experiment_file: Path
) -> None:
    with BehaviorOphysExperiment.from_nwb_path(experiment_file) as session:
        assert session.has("events")
        assert session.generation == "2023"
        assert session.behavior_session_id
    assert what_is_read == []


def test_cells_are_read_without_masks(
    experiment: BehaviorOphysExperiment, what_is_read: list[str]
) -> None:
    assert len(experiment.cells)
    assert experiment.traces_matrix("dff").shape
    assert not [path for path in what_is_read if path.endswith(("image_mask", "traces/data"))]


def test_every_stream_can_be_asked_for(experiment: BehaviorOphysExperiment) -> None:
    listed = [
        *("licks", "rewards", "trials", "stimulus_presentations", "ophys_timestamps"),
        *("dff_traces", "eye_tracking_rig_geometry", "segmentation_mask_image"),
    ]
    assert all(experiment.has(name) for name in listed)
    with pytest.raises(KeyError):
        experiment.has("nothing")


def test_sizes_count_the_arrays_in_tables(experiment: BehaviorOphysExperiment) -> None:
    frames, cells = experiment.traces_matrix("dff").shape
    assert size_in_bytes(experiment.dff_traces) >= 8 * frames * cells
    assert size_in_bytes(experiment.licks) < 10_000
