"""What a session answers to everything that may be asked of it, and how that compares."""

from __future__ import annotations

import hashlib
import math
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from data_layer import BehaviorOphysExperiment, DataLayerError, open_session
from data_layer.values.trace_kinds import TRACE_KINDS
from tests.fuzz.outcomes import Outcome

NOT_READ = {"path", "left_out"}
ATTRIBUTES = tuple(
    name
    for name in sorted(dir(BehaviorOphysExperiment))
    if isinstance(getattr(BehaviorOphysExperiment, name), property)
    and not name.startswith("_")
    and name not in NOT_READ
)
IMAGE = "im061"


def _part(name: str, session: Any) -> Any:
    return session.traces_matrix(name).read(5, 50)


QUESTIONS: Mapping[str, Callable[[Any], Any]] = {
    **{name: attrgetter(name) for name in ATTRIBUTES},
    "reward rate": lambda session: session.get_reward_rate(),
    "rolling performance": lambda session: session.get_rolling_performance_df(),
    "performance": lambda session: session.get_performance_metrics(),
    "template": lambda session: session.template(IMAGE),
    "unwarped template": lambda session: session.template(IMAGE, warped=False),
    "mask": lambda session: session.roi_mask(int(session.cells["cell_roi_id"].iloc[0])),
    **{f"part of {name}": partial(_part, name) for name in TRACE_KINDS},
}
WORST: tuple[Outcome, ...] = ("hung", "crashed", "foreign", "silent", "told", "right")


@dataclass(frozen=True)
class Answer:
    """What came back: the digest of a value, or an error in words.

    ``parts`` are the digests of a table's columns or a mapping's keys.
    """

    outcome: Outcome
    digest: str = ""
    words: str = ""
    parts: Mapping[str, str] | None = None
    is_nothing: bool = False


@dataclass(frozen=True)
class Answers:
    """All answers of one file, and what its session said was left out."""

    by_name: Mapping[str, Answer]
    left_out: str = ""


def ask(path: Path) -> Answers:
    """Every answer of the file at ``path``; errors that are not ours are ``foreign``."""
    try:
        session = open_session(path)
    except Exception as error:
        told = _error(error)
        return Answers(dict.fromkeys(QUESTIONS, told))
    with session:
        answers = {name: _answer(question, session) for name, question in QUESTIONS.items()}
        return Answers(answers, " ".join(session.left_out))


def _answer(question: Callable[[Any], Any], session: Any) -> Answer:
    try:
        value = question(session)
    except Exception as error:
        if isinstance(error, AttributeError) and not isinstance(session, BehaviorOphysExperiment):
            return Answer("right", is_nothing=True)
        return _error(error)
    return Answer("right", digest(value), parts=_parts(value), is_nothing=_is_nothing(value))


def _error(error: Exception) -> Answer:
    if isinstance(error, DataLayerError):
        return Answer("told", words=str(error))
    lines = traceback.format_exception(error)[-3:]
    return Answer("foreign", words="".join(lines))


def _is_nothing(value: Any) -> bool:
    return value is None or (hasattr(value, "__len__") and not len(value))


def _parts(value: Any) -> dict[str, str] | None:
    if isinstance(value, pd.DataFrame):
        return {str(name): digest(value[name].array) for name in dict.fromkeys(value.columns)}
    if isinstance(value, Mapping):
        return {str(key): digest(one) for key, one in value.items()}
    return None


def digest(value: Any) -> str:
    """A text that is the same for the same value alone."""
    found = hashlib.blake2b(digest_size=16)
    _feed(found.update, value)
    return found.hexdigest()


def _feed(update: Callable[[bytes], None], value: Any) -> None:
    update(type(value).__name__.encode())
    if isinstance(value, np.ndarray) and value.dtype != object:
        update(f"{value.dtype} {value.shape}".encode())
        update(np.ascontiguousarray(value).tobytes())
        return
    parts = _inside(value)
    if parts is None:
        update(b"nan" if _is_nan(value) else repr(value).encode())
        return
    for one in parts:
        _feed(update, one)


def _inside(value: Any) -> Iterable[Any] | None:
    """The parts of a value that is made of others; None for a plain one."""
    if isinstance(value, pd.DataFrame):
        columns = [value.iloc[:, position].array for position in range(value.shape[1])]
        return [list(map(str, value.columns)), value.index, *columns]
    if isinstance(value, pd.Series | pd.Index | pd.api.extensions.ExtensionArray):
        return [np.asarray(value)]
    if isinstance(value, Mapping):
        return [list(map(str, value)), *value.values()]
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    return value if isinstance(value, np.ndarray | list | tuple) else None


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


NOTHING = digest(None)


def judge(
    sound: Answers, found: Answers, *, absent: bool = False, blind: bool = False
) -> dict[str, tuple[Outcome, str]]:
    """How each answer ended, with words about it, against those of the sound file.

    Args:
        sound: the answers of the sound file.
        found: those of the damaged one.
        absent: whether the damage takes something away as if it had never been there.
        blind: whether nothing in the file can tell the damage from other values.
    """
    verdicts: dict[str, tuple[Outcome, str]] = {}
    for name, answer in found.by_name.items():
        outcome, words = answer.outcome, answer.words
        if outcome == "right" and answer.digest != sound.by_name[name].digest:
            explained = _explained(sound.by_name[name], answer, found.left_out)
            may_lack = absent and (answer.is_nothing or _lacks(sound.by_name[name], answer))
            outcome = "right" if blind or may_lack else "told" if explained else "silent"
            words = found.left_out
        verdicts[name] = outcome, words
    return verdicts


def _lacks(sound: Answer, found: Answer) -> bool:
    """Whether every part that differs is None, or is not there."""
    kept = found.parts or {}
    differing = [n for n, one in (sound.parts or {}).items() if kept.get(n) != one]
    return bool(kept) and all(kept.get(name, NOTHING) == NOTHING for name in differing)


def _explained(sound: Answer, found: Answer, left_out: str) -> bool:
    """Whether every part that differs is named among what was left out."""
    if sound.parts is None or found.parts is None:
        return bool(left_out) and not sound.is_nothing
    differing = [n for n, one in sound.parts.items() if found.parts.get(n) != one]
    return bool(left_out) and all(name in left_out for name in differing)


def worst(verdicts: Mapping[str, tuple[Outcome, str]]) -> Outcome:
    """The worst outcome of a case."""
    outcomes = {outcome for outcome, _ in verdicts.values()}
    return next(outcome for outcome in WORST if outcome in outcomes)
