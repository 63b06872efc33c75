"""What the commands for many files share: their engine, progress and report."""

from __future__ import annotations

import argparse
import os
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from dashboard.cli.engine_options import Local
from data_layer.batch import engines
from data_layer.batch.report import Report, require_format
from data_layer.batch.run import Batch
from data_layer.batch.shards import WHOLE, Shard

BAR = "{desc}: {percentage:3.0f} %|{bar}| {n:.1f} of {total} files, {elapsed}, {remaining} left"


@dataclass(frozen=True)
class Engine:
    """Where a batch runs, and which part of it: the values of the options."""

    local: Local = "processes"
    workers: int = 0
    scheduler: str = ""
    shard: Shard = WHOLE
    report: Path | None = None

    @classmethod
    def of(cls, options: argparse.Namespace, local: Local, workers: int = 0) -> Engine:
        """The engine that a user asks for; ``workers`` if they name no number.

        Raises:
            BadSetting: The part or the name of the report cannot be used.
        """
        if options.report:
            require_format(options.report)
        shard = Shard.parse(options.shard) if options.shard else WHOLE
        return cls(local, options.workers or workers, options.scheduler, shard, options.report)

    def executor(self) -> AbstractContextManager[Executor]:
        """The executor, which ends with its block.

        Raises:
            NoCluster: The scheduler cannot be used.
        """
        if self.scheduler:
            return engines.dask(self.scheduler)
        if self.local == "threads":
            return engines.threads(self.workers or 1)
        return engines.processes(self.workers or os.cpu_count() or 1)

    def run(self, batch: Batch, title: str, report: Report) -> None:
        """Run ``batch`` and add each outcome to ``report``; shows progress on stderr.

        The report is written when this ends early, too.

        Raises:
            NoCluster: The scheduler cannot be used.
            BadSetting: The report cannot be written.
        """
        try:
            with self.executor() as executor, _bar(title, len(batch.items)) as bar:
                for outcome in batch.run(executor):
                    if outcome is not None:
                        report.add(outcome)
                    # Progress does not go back: a file counts only when its end is known.
                    bar.update(max(round(len(report.outcomes) + batch.part(), 2) - bar.n, 0))
        finally:
            if self.report:
                report.write(self.report)


HERE = Engine()
"""A process per core of this machine."""


def _bar(title: str, total: int) -> tqdm[NoReturn]:
    return tqdm(desc=title, total=total, bar_format=BAR)
