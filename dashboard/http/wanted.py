"""The body of a request about the files of some recordings, and which files those are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

from flask import jsonify, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dashboard.arguments.routes import Answer
from dashboard.arguments.sentences import told
from data_layer.errors import DataLayerError, UnknownId
from data_layer.project_cache.files import FileKind
from data_layer.project_cache.protocol import Cache

MOST = 10_000  # recordings of one request; the release has 4,782 behaviour sessions
Id = Annotated[int, Field(ge=0, lt=2**63, strict=True)]


class Wanted(BaseModel):
    """Some recordings of one kind."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["experiment", "session", "behavior"]
    ids: list[Id] = Field(min_length=1, max_length=MOST)


class Nothing(BaseModel):
    """No fields."""

    model_config = ConfigDict(extra="forbid")


def answered(compute: Callable[[], Answer], refused: str = "") -> Answer:
    """The answer; what is wrong with a request becomes ``{"problem": sentence}``.

    ``refused`` is the sentence with which nothing is computed.
    """
    if refused:
        return jsonify(problem=refused), 403
    try:
        return compute()
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "body"
        return jsonify(problem=f"{place}: {first['msg']}."), 400
    except DataLayerError as error:
        return jsonify(problem=told(error)), 404 if isinstance(error, UnknownId) else 503


def body() -> dict[str, Any]:
    """The fields of a request in JSON; none where it is of another type."""
    content = request.get_json(silent=True) if request.mimetype == "application/json" else None
    fields = content if isinstance(content, dict) else {}
    return {str(name): value for name, value in fields.items()}


def files_wanted(cache: Cache, wanted: Wanted) -> tuple[FileKind, list[int]]:
    """The files of the recordings; an imaging session has one a plane.

    Raises:
        UnknownId: no table has one of the ids.
    """
    experiments = cache.get_ophys_experiment_table()
    if wanted.kind == "session":
        sessions = experiments["ophys_session_id"]
        _check(wanted.ids, sessions, "ophys_session_id")
        return "experiment", [int(i) for i in experiments.index[sessions.isin(wanted.ids)]]
    table = experiments if wanted.kind == "experiment" else cache.get_behavior_session_table()
    _check(wanted.ids, table.index, str(table.index.name))
    return wanted.kind, list(dict.fromkeys(wanted.ids))


def _check(ids: list[int], known: Iterable[int], name: str) -> None:
    unknown = set(ids) - set(known)
    if unknown:
        raise UnknownId(name, min(unknown))
