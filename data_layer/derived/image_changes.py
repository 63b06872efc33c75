"""Finds presentations that change the image, and counts the flashes since the last change."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Bools = NDArray[np.bool_]


def is_omitted(presentations: pd.DataFrame) -> Bools:
    """Whether each row is an omitted flash; unknown (gray screen, movie) counts as False."""
    by_name = np.asarray(presentations["image_name"] == "omitted", bool)
    if "omitted" not in presentations:
        return by_name
    return np.asarray(by_name | presentations["omitted"].to_numpy(bool, na_value=False))


def has_name(presentations: pd.DataFrame) -> Bools:
    """Whether each row names an image, or ``omitted``."""
    names = presentations["image_name"].astype(object)
    return np.asarray(names.notna() & (names != ""), bool)


def is_image(presentations: pd.DataFrame) -> Bools:
    """Whether each row showed an image or grating; gray screen and movie do not count."""
    if "omitted" not in presentations:
        known = has_name(presentations) | _has_index(presentations)
        return np.asarray(known & ~is_omitted(presentations))
    return ~presentations["omitted"].to_numpy(bool, na_value=True)


def is_change(presentations: pd.DataFrame) -> Bools:
    """Whether the image of each row differs from the image shown before it.

    Omissions are skipped. The first image, omissions and rows without an image are False. Where
    an image or the one before it has no name, the stored ``is_change`` tells; False without one.

    Args:
        presentations: rows in order of time, with image_name and, if known, omitted and is_change.

    Returns:
        (n_rows,) bool.
    """
    rows = np.flatnonzero(is_image(presentations))
    names = presentations["image_name"].to_numpy(object)[rows]
    changes = np.zeros(len(presentations), bool)
    named = has_name(presentations)[rows]
    stored = _stored_changes(presentations)[rows]
    differs = names[1:] != names[:-1]
    changes[rows[1:]] = np.where(named[1:] & named[:-1], differs, stored[1:])
    return changes


def _has_index(presentations: pd.DataFrame) -> Bools:
    if "image_index" not in presentations:
        return np.zeros(len(presentations), bool)
    return np.asarray(presentations["image_index"].to_numpy(np.float64) >= 0)


def _stored_changes(presentations: pd.DataFrame) -> Bools:
    if "is_change" not in presentations:
        return np.zeros(len(presentations), bool)
    return np.asarray(presentations["is_change"].to_numpy(bool, na_value=False))


def flashes_since_change(presentations: pd.DataFrame, changes: Bools) -> NDArray[np.int64]:
    """Number of flashes since the last change: 0 on the change; an omission does not count.

    As in AllenSDK, the count continues through gray screen and movie, where it has no meaning.

    Args:
        presentations: rows in order of time, with image_name and omitted.
        changes: (n_rows,) bool, from :func:`is_change`.
    """
    shown = ~is_omitted(presentations)
    resets = shown & changes
    resets[:1] = shown[:1]
    n_shown = np.cumsum(shown)
    at_reset = np.maximum.accumulate(np.where(resets, n_shown, 0))
    return np.asarray(n_shown - at_reset, np.int64)
