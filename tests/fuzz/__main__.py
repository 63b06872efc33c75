"""``python -m tests.fuzz [files] [requests] [--cases N] [--seed N]``: figures of what was tried."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from tests.fuzz.outcomes import Outcomes

PARTS = {"files": 2_000, "requests": 20_000}
"""The modules of the parts, and how many cases each tries by default."""


def main() -> int:
    """Run the parts, print a line for each, and return 1 if any case ended as none may."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; by default all")
    parser.add_argument("--cases", type=int, help="how many to try of each part")
    parser.add_argument("--seed", type=int, default=1, help="chooses the cases")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}")
    bad = 0
    for part in given.parts or PARTS:
        outcomes: Outcomes = import_module(f"tests.fuzz.{part}").run(
            cases=given.cases or PARTS[part], seed=given.seed
        )
        print(f"{part}: {outcomes} (seed {given.seed})", flush=True)
        bad += outcomes.bad
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
