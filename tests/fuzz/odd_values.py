"""Values that no page of ours sends: texts for addresses, JSON for bodies, mutations of both."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

NOT_NUMBERS = ("", " ", "²", "٥", "nan", "inf", "-inf", "-1", "1e400", "0x10", "1_0", "5.0", "½")
HUGE = ("9" * 19, "9" * 400, "9" * 5000, "1" * 18, "9223372036854775808", "-" + "9" * 400)
HOSTILE = (
    "../../../../etc/passwd",
    "..\\..\\windows",
    "%2e%2e%2f",
    "%00",
    "\x00",
    "a\x00b",
    "\n",
    "\r\nX-Odd: yes",
    "\x1b[31m",
    "<script>alert(1)</script>",
    "'; DROP TABLE annotations; --",
    "{{7*7}}",
    "__class__",
    "close",
    "=1+1",
    "\u202eabc",
    "é" * 60,
    "a" * 3000,
    "/",
    "//",
    ".",
    "..",
    ":",
    "experiment:",
    "session:²",
    "None",
    "null",
    "true",
    "[]",
    "{}",
    "1,2,3",
    ",,,",
    "-5-9e9",
    "1-2",
    "image:",
    "0, " * 3000,
)
TEXTS = (*NOT_NUMBERS, *HUGE, *HOSTILE)
NUMBERS = (0, -1, 1, 2**31, 2**53, 2**63, -(2**63), 10**400, 1.5, -0.0, 1e308, 5e-324)
NOT_FINITE = (float("nan"), float("inf"), float("-inf"))
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    *NUMBERS,
    *NOT_FINITE,
    *TEXTS,
    "\ud800",
    [],
    {},
    [None],
    [[]],
    {"": ""},
    {"id": "x", "kind": "experiment"},
    {"kind": "planet", "id": 1},
    {"start": 5, "stop": 1},
    {"cells": "all"},
    {"cells": [1, "2", None]},
    {"cells": list(range(5000))},
    ["x"] * 3000,
    list(range(3000)),
    {str(i): i for i in range(3000)},
)
SMALL = (0, 1, 2, -1, 0.0, 1e-12, 1e6, 1e11, 19_999, 20_001, 2**53 - 1)
WORDS = (
    "dff",
    "events",
    "times",
    "image:",
    "image:im065",
    "lick",
    "population",
    "every",
    "bootstrap",
    "-120, 120",
    "5, -5",
    "1 2 3 4",
    "clusters",
    "yes",
    "table",
    "trials",
    "data",
    "pupil_area",
    "corrected_fluorescence",
    "cell_specimen_table",
    "behavior",
    "session",
    "desc",
)
DEPTHS = (3, 60, 70, 300, 900)


def nested(depth: int, *, of_objects: bool = False) -> Any:
    """A list in a list in a list …, or objects."""
    value: Any = 0
    for _ in range(depth):
        value = {"a": value} if of_objects else [value]
    return value


def odd_value(random: Random) -> Any:
    """Any JSON value."""
    if random.random() < 0.08:
        return nested(random.choice(DEPTHS), of_objects=random.random() < 0.5)
    return copy.deepcopy(random.choice(VALUES))


def alike(value: Any, random: Random) -> Any:
    """Another value of the same type, which the checks of types let pass."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return random.choice((*SMALL, value * 2, value + 1, -value, value + 1e-9))
    if isinstance(value, str):
        return random.choice((*WORDS, value * 2, value.upper(), random.choice(TEXTS)))
    if isinstance(value, list):
        return random.choice((value[::-1], value * 2, value[:1], [], [*value, "x"], [*value, 7]))
    return odd_value(random)


def mutated(value: Any, random: Random) -> Any:
    """A copy of a JSON value with one place changed: replaced, left out, added or doubled."""
    copied = copy.deepcopy(value)
    places = list(_places(copied))
    if not places:
        return odd_value(random)
    holder, key = random.choice(places)
    how = random.random()
    if how < 0.35:
        holder[key] = alike(holder[key], random)
    elif how < 0.6:
        holder[key] = odd_value(random)
    elif how < 0.75:
        del holder[key]
    elif isinstance(holder, dict):
        holder[random.choice(TEXTS)] = odd_value(random)
    else:
        holder.append(copy.deepcopy(holder[key]) if how < 0.9 else odd_value(random))
    return copied


def _places(value: Any, depth: int = 0) -> list[tuple[Any, Any]]:
    """Every (list or object, index or key) inside a value, a part of those far down."""
    if depth > 4 or not isinstance(value, dict | list):
        return []
    keys = list(value) if isinstance(value, dict) else list(range(min(len(value), 8)))
    inside = [place for key in keys for place in _places(value[key], depth + 1)]
    return [(value, key) for key in keys] + inside
