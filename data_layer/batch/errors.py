"""What may go wrong in work on many files, beside the work itself."""

from __future__ import annotations

from pathlib import Path

from data_layer.errors import DataLayerError


class NotAsListed(DataLayerError):
    """The file at ``path`` was compared with its manifest; ``result`` is a word for the outcome."""

    def __init__(self, path: Path | str, result: str, sentence: str) -> None:
        super().__init__(path, result, sentence)
        self.path, self.result, self.sentence = Path(path), result, sentence

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}."


class NoCluster(DataLayerError):
    """The scheduler at ``address`` cannot be used; ``problem`` and ``advice`` are clauses."""

    def __init__(self, address: str, problem: str, advice: str) -> None:
        super().__init__(address, problem, advice)
        self.address, self.problem, self.advice = address, problem, advice

    def __str__(self) -> str:
        return f"{self.address} cannot run the work: {self.problem}. {self.advice}."
