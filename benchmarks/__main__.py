"""``python -m benchmarks [ROW …]``: measure and print the table."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.harness import CannotMeasure, Line
from benchmarks.machine import machine
from benchmarks.report import as_json, markdown
from benchmarks.rows import ROWS
from dashboard.cli.demo_release import full_scale_experiment
from data_layer.errors import DataLayerError
from data_layer.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the given rows, or all, and print the table."""
    options = _parser().parse_args(arguments)
    home = Settings.from_environment().work_dir / "benchmarks"
    home.mkdir(parents=True, exist_ok=True)
    facts = machine()
    try:
        file = options.file or full_scale_experiment(home.parent)
        with tempfile.TemporaryDirectory(prefix="scratch-", dir=home) as scratch:
            bench = Bench(
                file.resolve(),
                home,
                Path(scratch),
                options.runs,
                not options.no_peers,
                options.quick,
            )
            lines = [line for name in options.rows or ROWS for line in _measured(bench, name)]
    except DataLayerError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 2
    facts["file"] = _described(bench)
    if options.json:
        options.json.write_text(json.dumps(as_json(lines, facts), indent=1))
    print(markdown(lines, facts))
    return 0


def _measured(bench: Bench, name: str) -> list[Line]:
    bench.tell(f"measuring {name}")
    try:
        return ROWS[name](bench)
    except CannotMeasure as error:
        return [Line(name, "", "", None, note=str(error))]


def _described(bench: Bench) -> str:
    start, stop = bench.subject.bounds
    size = bench.file.stat().st_size / 1e6
    return (
        f"{bench.subject.n_cells} cells, {(stop - start) / 60:.0f} min, {size:,.0f} MB; "
        f"medians of {bench.runs} runs"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}; else all")
    parser.add_argument("--file", type=Path, help="an NWB file (the full-scale demo experiment)")
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the lines there too")
    parser.add_argument("--no-peers", action="store_true", help="measure ours alone")
    parser.add_argument("--quick", action="store_true", help="see whether rows work; no numbers")
    return parser


if __name__ == "__main__":
    sys.exit(main())
