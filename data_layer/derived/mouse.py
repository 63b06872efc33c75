"""Reads Cre line, indicator and age from the stored description of a mouse."""

from __future__ import annotations

import re

INDICATORS = {"GCaMP6f": "GCaMP6f", "GC6f": "GCaMP6f", "GCaMP6s": "GCaMP6s"}


def cre_line(full_genotype: str) -> str | None:
    """The first part of the genotype, without ``/wt``; None if it has only one part."""
    if ";" not in full_genotype:
        return None
    return full_genotype.split(";")[0].replace("/wt", "")


def indicator(reporter_line: str | None) -> str | None:
    """The calcium indicator named in the reporter line, or None."""
    return next((i for part, i in INDICATORS.items() if part in (reporter_line or "")), None)


def age_in_days(age: str) -> int | None:
    """Days of an ISO 8601 duration such as ``P114D``; None if it is not one."""
    found = re.search(r"\d+", age) if age.startswith("P") else None
    return int(found[0]) if found else None
