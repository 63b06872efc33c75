"""The options of commands that work on many files, without what they start."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Literal

Local = Literal["processes", "threads"]
WORKERS: dict[Local, str] = {
    "processes": "processes of this machine (one per core)",
    "threads": "how many files are read at the same time",
}
SCHEDULER = "the scheduler of a Dask cluster that does the work, such as tcp://node1:8786"
SHARD = "only part K of N of the files, for the jobs of a job array"


def add_engine_options(parser: argparse.ArgumentParser, local: Local) -> None:
    """Add the options that say where the work is done, and which part of it."""
    parser.add_argument("--workers", type=_workers, default=0, metavar="N", help=WORKERS[local])
    parser.add_argument("--scheduler", default="", metavar="ADDRESS", help=SCHEDULER)
    parser.add_argument("--shard", default="", metavar="K/N", help=SHARD)
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write a row per file (.csv or .json)"
    )


def _workers(text: str) -> int:
    n = int(text)
    if n < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return n
