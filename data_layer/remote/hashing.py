"""Hashes a file while it is downloaded, so that little is left to do when it is whole."""

from __future__ import annotations

import hashlib
import threading

from data_layer.remote.parts import Parts

READ_AT_ONCE = 2**20
LOOK_EVERY = 0.02  # s


class FollowingHash:
    """The BLAKE2b hash of the file of ``parts``, which follows what has arrived in its order.

    It reads what was written, in a thread of its own. Use it as a context; leaving ends the thread.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts, self._digest = parts, hashlib.blake2b()
        self._left, self._error = threading.Event(), list[OSError]()
        self._thread = threading.Thread(target=self._run, name="hash", daemon=True)

    def __enter__(self) -> FollowingHash:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._left.set()
        self._thread.join()

    def of_all(self) -> str:
        """The hash of the whole file, in hexadecimal; every part must have arrived.

        Raises:
            OSError: The file cannot be read.
        """
        self._thread.join()
        if self._error:
            raise self._error[0]
        return self._digest.hexdigest()

    def _run(self) -> None:
        try:
            self._follow()
        except OSError as error:
            self._error.append(error)

    def _follow(self) -> None:
        at = 0
        with self._parts.file.open("rb", buffering=0) as file:
            while at < self._parts.size and not self._left.is_set():
                there = self._parts.beginning()
                if at == there:
                    self._left.wait(LOOK_EVERY)
                while at < there and not self._left.is_set():
                    block = file.read(min(READ_AT_ONCE, there - at))
                    if not block:
                        raise OSError(f"{self._parts.file} was cut off by another program")
                    self._digest.update(block)
                    at += len(block)
