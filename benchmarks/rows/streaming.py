"""Looking at a file in object storage: requests, bytes and seconds, on links of several delays."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bench import Bench
from benchmarks.harness import OURS, Bound, Line, Measure, Sample, Turns, in_turn
from benchmarks.peers import FSSPEC, REMFILE
from benchmarks.processes import run_module
from data_layer.nwb.behavior_ophys_experiment import BehaviorOphysExperiment
from data_layer.nwb.behavior_session import BehaviorSession
from data_layer.nwb.opening import open_session
from data_layer.nwb.sidecars import make_sidecar
from data_layer.remote.bucket import Bucket, StoredObject
from data_layer.remote.streamed import StreamedFiles
from data_layer.store.session_store import SessionStore
from data_layer.values.window import Window
from tests.support.object_store import ObjectStore, object_store

ROW, BUCKET = "streaming", "bucket"
DELAYS = (0.0, 0.03, 0.15)  # s
LINK = 80e6  # bytes/s of one connection
WITHOUT, WHOLE, SIDECAR = "without a sidecar", "first screen", "making a sidecar"
PIXELS = 1200
MOST_SECONDS = 6.0


def measure(bench: Bench) -> list[Line]:
    """The behaviour with and without a sidecar beside others, then the whole first screen."""
    with object_store(BUCKET) as store, TemporaryDirectory(dir=bench.scratch) as folder:
        store.objects.put(bench.file.name, bench.file, "1")
        cars = Path(folder) / "sidecars"
        make_sidecar(_path(store, bench.file.name, Path(folder) / "maker", cars))
        lines: list[Line] = []
        for delay in DELAYS[: 1 if bench.quick else None]:
            store.latency, store.bytes_per_second = delay, LINK
            lines += _behavior(bench, store, Path(folder), cars, f"{1000 * delay:.0f} ms")
        store.latency = 0.0 if bench.quick else DELAYS[1]
        return [*lines, *_first_screen(bench, store, Path(folder), cars)]


def _behavior(
    bench: Bench, store: ObjectStore, folder: Path, cars: Path, delay: str
) -> Iterator[Line]:
    ours = partial(_counted, store, bench.file.name, folder)
    measures: dict[str, Measure] = {
        OURS: partial(ours, cars, behavior),
        WITHOUT: partial(ours, folder / "none", behavior),
        SIDECAR: partial(_making, store, bench.file.name, folder),
        REMFILE: partial(_peer, bench, store, REMFILE),
        FSSPEC: partial(_peer, bench, store, FSSPEC),
    }
    turns = in_turn(bench.runs, measures)
    for who, peer in ((OURS, REMFILE), (WITHOUT, FSSPEC), (SIDECAR, None)):
        what = f"behaviour {WITHOUT}" if who == WITHOUT else SIDECAR
        yield from _lines(turns, f"{'behaviour' if who == OURS else what}, {delay}", who, peer)


def _first_screen(bench: Bench, store: ObjectStore, folder: Path, cars: Path) -> Iterator[Line]:
    turns = in_turn(
        bench.runs, {WHOLE: partial(_counted, store, bench.file.name, folder, cars, first_screen)}
    )
    what = f"{WHOLE} with heatmap, {1000 * store.latency:.0f} ms"
    return _lines(turns, what, WHOLE, None, Bound(MOST_SECONDS))


def _lines(
    turns: Turns, what: str, who: str, peer: str | None, bound: Bound | None = None
) -> Iterator[Line]:
    note = f"{LINK / 1e6:.0f} MB/s a connection"
    yield turns.line(ROW, f"{what}: seconds", "s", "seconds", bound, peer=peer, note=note, ours=who)
    yield turns.line(ROW, f"{what}: requests", "", "requests", peer=peer, ours=who)
    yield turns.line(ROW, f"{what}: bytes", "MB", "megabytes", peer=peer, ours=who)


def behavior(path: Path) -> None:
    """Open a session, and read what the panels of its behaviour show."""
    with open_session(path) as session:
        _look(SessionStore(session), session)


def _look(store: SessionStore, session: BehaviorSession) -> None:
    window = Window(*store.bounds, PIXELS)
    for ask in (store.licks, store.rewards, store.trial_spans, store.flashes):
        ask(window)
    store.signal("running_speed", window)
    session.metadata, session.task_parameters, session.get_performance_metrics()


def first_screen(path: Path) -> None:
    """Read what the session page shows first, with the heatmap of all cells."""
    with open_session(path) as session:
        store = SessionStore(session)
        _look(store, session)
        if isinstance(session, BehaviorOphysExperiment):
            session.max_projection, store.outlines  # noqa: B018
            cells = store.cells["cell_roi_id"].tolist()
            store.heatmap("dff", Window(*store.bounds, PIXELS), cells)


def _counted(
    store: ObjectStore, key: str, folder: Path, cars: Path, do: Callable[[Path], object]
) -> Sample:
    with TemporaryDirectory(dir=folder) as copies, _counting(store) as counts:
        do(_path(store, key, Path(copies), cars))
    return counts


def _making(store: ObjectStore, key: str, folder: Path) -> Sample:
    with TemporaryDirectory(dir=folder) as cars:
        return _counted(store, key, folder, Path(cars), make_sidecar)


def _peer(bench: Bench, store: ObjectStore, reader: str) -> Sample:
    python = bench.python_of(reader)
    url = f"{store.url}/{BUCKET}/{bench.file.name}"
    with _counting(store) as counts:
        found = run_module("remote_h5py", {"reader": reader, "url": url}, python=python)
    return counts | found


@contextmanager
def _counting(store: ObjectStore) -> Iterator[dict[str, float]]:
    store.forget()
    counts: dict[str, float] = {}
    began = time.perf_counter()
    yield counts
    counts |= {
        "seconds": time.perf_counter() - began,
        "requests": len(store.asked),
        "megabytes": store.sent / 1e6,
    }


def _path(store: ObjectStore, key: str, copies: Path, cars: Path) -> Path:
    files = StreamedFiles(copies, Bucket(BUCKET, store.url), [cars])
    return files.path_of(StoredObject(key, "1"))
