"""Requests to Dash's own routes, checked before Dash reads them.

Dash looks up what a request names (a callback, its inputs, a script of a package) without checking
it first, and answers with status 500 where that fails.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable
from typing import Annotated, Any, NotRequired

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Request, request
from flask.json.provider import DefaultJSONProvider
from pydantic import Field, JsonValue, TypeAdapter
from typing_extensions import TypedDict
from werkzeug.exceptions import BadRequest, HTTPException, NotFound

from dashboard.arguments.checks import BadArgument, checked
from dashboard.arguments.values import PagePath, Query, Word
from dashboard.urls.routes import PICTURE

PICTURES = PICTURE.partition("{")[0]
UPDATE, SCRIPTS = "_dash-update-component", "_dash-component-suites/"
DEEPEST = 64  # lists and objects inside each other
DEEP = f"its lists and objects are nested more than {DEEPEST} deep"
Name = Annotated[str, Field(max_length=2000)]
Number = Annotated[float, Field(allow_inf_nan=False)]
OF_DASH: dict[str, TypeAdapter[Any]] = {
    "_pages_location.pathname": TypeAdapter(PagePath),
    "_pages_location.search": TypeAdapter(Query),
}
"""The inputs of the callback that Dash itself registers: it puts pages into place."""


class Property(TypedDict):
    """An output of a callback, as the browser names it."""

    id: Name | dict[Word, str | int | bool | Number]
    property: Word


class Value(Property):
    """An input or state of a callback; an element that is not on the page has no value."""

    value: NotRequired[JsonValue]


Several = Annotated[list[Property], Field(max_length=1000)]
Values = Annotated[list[Value], Field(max_length=1000)]


class Update(TypedDict):
    """The body of a request for a callback's answer."""

    output: Name
    outputs: NotRequired[Property | Several]
    inputs: Values
    state: NotRequired[Values]
    changedPropIds: NotRequired[Annotated[list[Name], Field(max_length=1000)]]


UPDATES: TypeAdapter[Any] = TypeAdapter(Update)


class FlatJson(DefaultJSONProvider):
    """Flask's JSON, in which nothing is nested so deeply that Python cannot walk through it."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The content.

        Raises:
            ValueError: it is no JSON, or nested too deeply.
        """
        try:
            content = json.loads(s, **kwargs)
        except RecursionError:
            raise ValueError(DEEP) from None
        except UnicodeDecodeError:
            raise ValueError("its text is not UTF-8") from None
        except json.JSONDecodeError as error:
            raise ValueError(f"it is no JSON: {error}") from None
        except ValueError:  # Python reads no numbers of thousands of digits
            raise ValueError("a number in it has too many digits") from None
        if _is_deep(content):
            raise ValueError(DEEP)
        return content


class OwnRequest(Request):
    """A request that says what is wrong with a body that should be JSON."""

    def on_json_loading_failed(self, e: ValueError | None) -> Any:
        """Raise BadArgument; for a body that is not said to be JSON, what Flask raises."""
        if e is None:
            return super().on_json_loading_failed(e)
        raise BadArgument("body", str(e)) from None


def register(app: Dash) -> None:
    """Check the requests to Dash's routes; call it before other hooks are added."""
    server: Flask = app.server
    server.json = FlatJson(server)
    server.request_class = OwnRequest
    prefix = app.config.routes_pathname_prefix
    _guard_scripts(server, prefix)

    @server.before_request
    def check() -> None:
        _check_path()
        if request.method == "POST":
            _read_body()
        if request.endpoint == f"{prefix}{UPDATE}":
            check_update(app, request.get_json())


def _check_path() -> None:
    # The images of a file may have any name; h5py cuts a name at NUL.
    any_text = request.path.startswith(PICTURES) and "\0" not in request.path
    if not any_text and not request.path.isprintable():
        raise BadRequest("The address holds control characters; follow a link to the page.")


def _read_body() -> None:
    """Read the body, whatever is wrong with how it was sent: each server has its own errors."""
    try:
        request.get_data()
    except HTTPException:
        raise
    except Exception as error:
        raise BadRequest("The request's body cannot be read: send it again.") from error


def _guard_scripts(server: Flask, prefix: str) -> None:
    name = next(name for name in server.view_functions if name.startswith(f"{prefix}{SCRIPTS}"))
    view: Callable[..., Any] = server.view_functions[name]

    @functools.wraps(view)
    def guarded(**path: Any) -> Any:
        try:
            return view(**path)
        except (DependencyException, OSError):
            raise NotFound("Dash has no such script or stylesheet; reload the page.") from None

    server.view_functions[name] = guarded


def _is_deep(content: Any) -> bool:
    level = [content]
    for _ in range(DEEPEST):
        level = [part for value in level for part in _parts(value)]
        if not level:
            return False
    return True


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def check_update(app: Dash, body: Any) -> None:
    """Check that a request names a callback of the server and exactly its inputs and outputs.

    Raises:
        BadArgument: it does not.
    """
    update = checked("body", UPDATES, body, strict=True)
    declared = app.callback_map.get(update["output"])
    if declared is None or "callback" not in declared:
        raise BadArgument("output", "this server has no such callback; reload the page")
    given = {kind: update.get(kind, []) for kind in ("inputs", "state")}
    for kind, values in given.items():
        _same(kind, values, [(one["id"], one["property"]) for one in declared[kind]])
    outputs = update.get("outputs", [])
    several = outputs if isinstance(outputs, list) else [outputs]
    _same("outputs", several, _outputs(declared["output"]), is_list=isinstance(outputs, list))
    ids = {f"{_text(one['id'])}.{one['property']}" for one in (*given["inputs"], *given["state"])}
    if not ids.issuperset(update.get("changedPropIds", [])):
        raise BadArgument("changedPropIds", "it names what is no input")
    for one in given["inputs"]:
        if (type_ := OF_DASH.get(f"{one['id']}.{one['property']}")) is not None:
            checked(one["property"], type_, one.get("value"), strict=True)


def _outputs(output: Any) -> list[tuple[Any, str]]:
    outputs = output if isinstance(output, list | tuple) else [output]
    return [(one.component_id_str(), one.component_property) for one in outputs]


def _same(
    kind: str, given: list[Any], declared: list[tuple[Any, str]], *, is_list: bool = True
) -> None:
    """Check the names of a request's inputs, states or outputs against those of the callback."""
    names = [(one["id"], one["property"].split("@")[0]) for one in given]
    fits = len(names) == len(declared) and all(map(_fits, names, declared))
    if not fits or (not is_list and len(declared) != 1):
        raise BadArgument(kind, "they are not those of this callback; reload the page")


def _fits(given: tuple[Any, str], declared: tuple[Any, str]) -> bool:
    """Whether an id and property are the declared ones; a wildcard stands for one value."""
    (id_, name), (wanted, property_) = given, declared
    if name != property_ or isinstance(id_, dict) != wanted.startswith("{"):
        return False
    if not isinstance(id_, dict):
        return bool(id_ == wanted)
    pattern = json.loads(wanted)
    return pattern.keys() == id_.keys() and all(
        isinstance(part, list) or part == id_[key] for key, part in pattern.items()
    )


def _text(id_: Any) -> str:
    """An id as Dash writes it into the name of a property."""
    if isinstance(id_, str):
        return id_
    return json.dumps(id_, sort_keys=True, separators=(",", ":"))
