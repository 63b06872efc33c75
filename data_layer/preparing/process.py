"""Prepares one NWB file in a process of its own, so that no page waits for it.

The process ends with the one that started it, however that ends: it holds the other end of a
pipe. What went wrong it says in one sentence on its standard output.
"""

from __future__ import annotations

import _thread
import os
import subprocess
import sys
import threading
from pathlib import Path

from data_layer.errors import DataLayerError
from data_layer.preparing.shelf import Shelf

POLITENESS = 10
"""How far it stands back behind the server's answers (``os.nice``)."""


class PreparingProcess:
    """The preparation of one file, under way.

    Raises:
        OSError: this machine can start no more processes.
    """

    def __init__(self, path: Path, shelf: Shelf) -> None:
        self.path = path
        words = [str(path), str(shelf.folder), str(shelf.limit)]
        # -P: the folder in which the server was started may hold a data_layer of its own.
        command = [sys.executable, "-P", "-m", "data_layer.preparing.process", *words]
        pipe = subprocess.PIPE
        # A session of its own, so that Ctrl-C in a terminal ends the starter only.
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, start_new_session=True)

    def has_ended(self) -> bool:
        """Whether it is over."""
        return self._process.poll() is not None

    def problem(self) -> str:
        """What went wrong, in one sentence, or nothing; waits for the end."""
        with self._process as process:
            assert process.stdout is not None
            said = process.stdout.read().decode().strip()
        if process.returncode and not said:
            status = f"the process ended with status {process.returncode}"
            return f"{self.path.name} could not be prepared: {status}."
        return said

    def end(self) -> None:
        """End it before it is done; nothing of what it wrote stays."""
        self._process.communicate()


def main(path: Path, folder: Path, limit: int) -> int:
    """Prepare ``path``; the exit status is 1 where that was not possible."""
    os.nice(POLITENESS)
    threading.Thread(target=_end_with_the_starter, daemon=True).start()
    try:
        Shelf(folder, limit).prepare(path)
    except DataLayerError as error:
        print(error)  # noqa: T201 - read by prepare_apart()
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _end_with_the_starter() -> None:
    while os.read(sys.stdin.fileno(), 1):  # until the other end is closed
        pass
    _thread.interrupt_main()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
