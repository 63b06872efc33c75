"""Counts how often each image was shown, changed to and omitted."""

from __future__ import annotations

import pandas as pd

from data_layer.derived.image_changes import is_omitted as omissions


def image_counts(presentations: pd.DataFrame) -> pd.DataFrame:
    """Count the flashes of each image.

    Args:
        presentations: the session's stimulus presentations.

    Returns:
        Index image_name, sorted. Columns: ``shown`` (flashes), ``share`` of all shown flashes
        (0 to 1), ``changes`` (flashes at which the image changed to this one) and ``omitted``
        (flashes omitted while this was the current image).
    """
    names = presentations["image_name"].astype(object)
    is_omitted = pd.Series(omissions(presentations), presentations.index)
    shown = names[names.notna() & (names != "") & ~is_omitted]
    changes = shown[presentations.loc[shown.index, "is_change"].fillna(False).astype(bool)]
    omitted = shown.reindex(presentations.index).ffill()[is_omitted]
    counts = pd.DataFrame(
        {
            "shown": shown.value_counts(),
            "changes": changes.value_counts(),
            "omitted": omitted.value_counts(),
        }
    ).fillna(0)
    counts = counts.astype("int64").sort_index().rename_axis("image_name")
    return counts.assign(share=counts["shown"] / max(len(shown), 1))
