"""One damaged file: made, asked for everything, and judged; run in a process of its own."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from random import Random

import h5py

from tests.fuzz.answers import Answers, ask, judge, worst
from tests.fuzz.damages import DAMAGES
from tests.fuzz.outcomes import Outcome
from tests.support.memory import peak_megabytes
from tests.support.nwb_files import write_experiment

SECONDS, MEGABYTES = 20.0, 1000
MACHINE = 4 << 30
"""Bytes of addresses that a process may ask for, so that a fault cannot take the machine down."""
LAYOUTS = ("earliest", "latest")


@dataclass(frozen=True)
class Case:
    """One case, which is repeated by its three values alone."""

    damage: str
    layout: str
    seed: str


@dataclass(frozen=True)
class Result:
    """How a case ended, and what is to be said of it."""

    outcome: Outcome
    harm: str
    words: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0


def write_sound(folder: Path) -> dict[str, Path]:
    """The sound file in the layout of released files, and in HDF5's newest, by layout."""
    folder.mkdir(exist_ok=True)
    plain = write_experiment(folder, n_trials=10, n_cells=3, field_of_view=(24, 20))
    newest = folder / "latest.nwb"
    with h5py.File(plain, "r") as old, h5py.File(newest, "w", libver="latest") as new:
        new.attrs.update(dict(old.attrs))
        for name in old:
            old.copy(name, new)
    return dict(zip(LAYOUTS, (plain, newest), strict=True))


def run_case(case: Case, sound: Path, folder: Path) -> Result:
    """Damage a copy of ``sound`` and ask it for everything."""
    path = folder / "damaged.nwb"
    shutil.copyfile(sound, path)
    harm = DAMAGES[case.damage](path, Random(case.seed))
    started = time.perf_counter()
    verdicts = judge(_answers(sound), ask(path), absent=harm.absent, blind=harm.blind)
    seconds, outcome = time.perf_counter() - started, worst(verdicts)
    megabytes = peak_megabytes()
    words = "; ".join(f"{name}: {text}" for name, (o, text) in verdicts.items() if o == outcome)
    if seconds > SECONDS or megabytes > MEGABYTES:
        outcome = "hung"
    return Result(outcome, harm.words, words, seconds, megabytes)


@cache
def _answers(sound: Path) -> Answers:
    return ask(sound)


def main() -> None:
    """Answer each case on the standard input with a line on the standard output."""
    folder = Path(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (MACHINE, MACHINE))
    sound = {"earliest": Path(sys.argv[2]), "latest": Path(sys.argv[3])}
    for line in sys.stdin:
        case = Case(**json.loads(line))
        print(json.dumps(asdict(run_case(case, sound[case.layout], folder))), flush=True)


if __name__ == "__main__":
    main()
