"""Tables and dictionaries that also accept the names of the first release.

``session.stimulus_presentations["stop_time"]`` and ``session.metadata["experiment_container_id"]``
work although the column is now ``end_time`` and the key ``ophys_container_id``. Aliases do not
appear among the columns and keys, which are exactly AllenSDK's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pandas as pd


class AliasedFrame(pd.DataFrame):
    """A DataFrame whose ``frame[alias]`` and ``frame.alias`` return the present column."""

    aliases: ClassVar[Mapping[str, str]] = {}

    @property
    def _constructor(self) -> type[AliasedFrame]:
        return type(self)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str) and self._is_alias(key):
            return self._answer(key)
        if isinstance(key, list) and any(self._is_alias(name) for name in key):
            answers = {name: self._answer(name) for name in key if self._is_alias(name)}
            return self.assign(**answers)[key]
        return super().__getitem__(key)

    def __getattr__(self, name: str) -> Any:  # type: ignore[misc]
        if name in type(self).aliases and self._is_alias(name):
            return self._answer(name)
        return super().__getattr__(name)

    def __contains__(self, key: object) -> bool:  # type: ignore[misc]
        return super().__contains__(key) or self._is_alias(key)

    def _is_alias(self, name: object) -> bool:
        return isinstance(name, str) and name in type(self).aliases and name not in self.columns

    def _answer(self, alias: str) -> pd.Series:
        return super().__getitem__(type(self).aliases[alias]).rename(alias)


class Presentations(AliasedFrame):
    """Stimulus presentations; ``attrs["image_set"]`` is the name stored in the file."""

    aliases: ClassVar[Mapping[str, str]] = {
        "stop_time": "end_time",
        "image_set": "image_name",
        "index": "stimulus_presentations_id",
    }

    def _answer(self, alias: str) -> pd.Series:
        if alias == "image_set":
            shown = super().__getitem__("image_name").notna()
            names = pd.Series(self.attrs.get("image_set"), self.index, dtype="str", name=alias)
            return names.where(shown)
        if alias == "index" and self.index.name == type(self).aliases["index"]:
            return self.index.to_series(name=alias)
        return super()._answer(alias)


class Trials(AliasedFrame):
    """Trials."""

    aliases: ClassVar[Mapping[str, str]] = {"stimulus_change": "is_change"}


class Rewards(AliasedFrame):
    """Rewards."""

    aliases: ClassVar[Mapping[str, str]] = {"autorewarded": "auto_rewarded"}


class Events(AliasedFrame):
    """Events of cells."""

    aliases: ClassVar[Mapping[str, str]] = {"lambdas": "lambda", "noise_stds": "noise_std"}


class AliasedDict(dict[str, Any]):
    """A dictionary whose ``[alias]``, ``get(alias)`` and ``in`` use the present key."""

    def __init__(self, values: Mapping[str, Any], aliases: Mapping[str, str]) -> None:
        super().__init__(values)
        self.aliases = dict(aliases)

    def __missing__(self, key: str) -> Any:
        if key not in self.aliases:
            raise KeyError(key)
        return self[self.aliases[key]]

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or (
            key in self.aliases and super().__contains__(self.aliases[str(key)])
        )

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key or alias, else ``default``."""
        try:
            return self[key]
        except KeyError:
            return default

    def copy(self) -> AliasedDict:
        """A copy with the same aliases."""
        return AliasedDict(self, self.aliases)
