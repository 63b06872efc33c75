"""The list of all attributes, and which of them a file has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.vocabulary import ATTRIBUTES, Attribute
from data_layer.errors import DataLayerError, NotReadableNow, SessionFileError, StreamMissing
from data_layer.quality.session_checks import in_a_sentence
from data_layer.store.attributes import TRACES, is_stored, rows_of
from data_layer.store.session_store import SessionStore

HERE, DAMAGED, ABSENT = "●", "✕", "○"


@dataclass(frozen=True, slots=True)
class Held:
    """What a file has of an attribute: its ``size`` as text, or the ``damage`` as a sentence.

    Both are empty if the file does not have it.
    """

    size: str = ""
    damage: str = ""


def options(store: SessionStore) -> list[dict[str, Any]]:
    """All attributes as options of a list, with their size or the reason why there is none."""
    return [_option(attribute, held(store, attribute)) for attribute in ATTRIBUTES.values()]


def held(store: SessionStore, attribute: Attribute) -> Held:
    """What the file has of an attribute.

    Raises:
        NotReadableNow: The session was closed, or object storage does not answer.
    """
    try:
        if attribute.experiment_only and not is_here(store, attribute):
            return Held()
        return Held(_size(store, attribute))
    except NotReadableNow:
        raise
    except StreamMissing:
        return Held()
    except SessionFileError as error:
        return Held(damage=in_a_sentence(error))
    except DataLayerError as error:
        return Held(damage=str(error))


def _size(store: SessionStore, attribute: Attribute) -> str:
    rows = rows_of(store, attribute.name)
    if attribute.name in TRACES:
        width = len(rows.columns[2:]) // len(TRACES[attribute.name])
        return f"{width:,} cells × {len(rows):,} frames"
    sizes = {
        "table": f"{len(rows):,} rows × {len(rows.columns)} columns",
        "array": f"{len(rows):,} values",
        "dictionary": f"{len(rows)} keys",
        "image": f"{len(rows)} × {len(rows.columns)} px",
    }
    return sizes.get(attribute.shape, "one number")


def is_here(store: SessionStore, attribute: Attribute) -> bool:
    """Whether the file has an attribute, or the data from which it is computed."""
    of_behavior = not attribute.experiment_only or attribute.name.startswith("eye_tracking")
    return (of_behavior or store.has_cells) and is_stored(store, attribute.name)


def _option(attribute: Attribute, found: Held) -> dict[str, Any]:
    columns = " ".join(f"{name} {term.formerly}" for name, term in attribute.columns.items())
    words = f"{attribute.name} {attribute.explanation} {columns}".lower()
    size, state, sign = _told(found)
    note = html.Span(size, className="attribute-size")
    mark = html.Span(sign, className="attribute-mark")
    label = html.Span(
        [mark, html.Span([attribute.name, note], className="attribute-name")],
        className=f"attribute {state}".rstrip(),
        title=found.damage or attribute.explanation,
        **{"data-words": words},
    )
    return {"label": label, "value": attribute.name}


def _told(found: Held) -> tuple[str, str, str]:
    """The words, the class and the mark of what a file has of an attribute."""
    if found.damage:
        return "cannot be read: damaged", "damaged", DAMAGED
    return (found.size, "", HERE) if found.size else ("not in this file", "absent", ABSENT)
