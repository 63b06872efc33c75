"""Prepares one NWB file in a separate process, so that no page waits for it.

The process reads from a pipe whose other end its parent holds, so it ends when the parent ends,
even if the parent is killed. It prints an error as one sentence to its standard output.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from data_layer.ending import end_with_parent, end_without_remains, on_signals
from data_layer.errors import DataLayerError
from data_layer.preparing.shelf import Shelf

NICENESS = 10
"""The increment for ``os.nice``, so that the server's answers take precedence."""


class PreparingProcess:
    """A running preparation of one file.

    Raises:
        OSError: No more processes can be started.
    """

    def __init__(self, path: Path, shelf: Shelf) -> None:
        self.path = path
        words = [str(path), str(shelf.folder), str(shelf.limit)]
        # -P, because the working directory may contain another data_layer.
        command = [sys.executable, "-P", "-m", "data_layer.preparing.process", *words]
        pipe = subprocess.PIPE
        # In a new session, so that Ctrl-C in a terminal reaches only the parent.
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True)

    def has_ended(self) -> bool:
        """Whether the process has ended."""
        return self._process.poll() is not None

    def problem(self) -> str:
        """Wait for the end; return the error as one sentence, or an empty text."""
        with self._process as process:
            assert process.stdout is not None
            said = process.stdout.read().decode().strip()
        if process.returncode and not said:
            status = f"the process ended with status {process.returncode}"
            return f"{self.path.name} could not be prepared: {status}."
        return said

    def ask_to_end(self) -> None:
        """Let the process stop early; it removes what it has written."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def end(self) -> None:
        """Stop the process early and wait until it has ended."""
        with self._process:  # its end closes the pipes and waits
            self.ask_to_end()


def main(path: Path, folder: Path, limit: int) -> int:
    """Prepare ``path``; return the exit status, which is 1 if that fails."""
    os.nice(NICENESS)
    with on_signals(end_without_remains):
        threading.Thread(target=_end_with_parent, daemon=True).start()
        try:
            shelf = Shelf(folder, limit)
            shelf.prepare(path)
            shelf.gather_summaries()
        except DataLayerError as error:
            print(error)  # noqa: T201 - read by PreparingProcess.problem()
            return 1
    return 0


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):  # until the other end is closed
        pass
    end_with_parent()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
