"""Reading of streamed files: outside HDF5, what was not here is fetched, then HDF5 is asked again.

HDF5 reads a file in small steps, each of which tells where the next one is, under one lock for the
whole process. A slow network inside it would stop every session of a server.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from data_layer.errors import CannotKeep, ObjectChanged, RemoteError
from data_layer.remote.errors import StreamUnreachable
from data_layer.remote.stream import RemoteFile

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")


class HasRemote(Protocol):
    """A file that may be streamed.

    Attributes:
        path: where its copy is.
        asking: whether a method that will ask again is running; written under ``lock``.
    """

    path: Path
    asking: bool

    @property
    def lock(self) -> Any:
        """Held while HDF5 is asked."""

    @property
    def remote(self) -> RemoteFile | None:
        """What a streamed file reads from; None for a file that is here."""


Owner = TypeVar("Owner", bound=HasRemote)


def asks_again(
    method: Callable[Concatenate[Owner, Arguments], Value],
) -> Callable[Concatenate[Owner, Arguments], Value]:
    """Let a method that reads from a streamed file be called again until all it needs is here.

    Whatever it returned or raised while something was lacking is dropped, so that nothing that was
    only not here yet is taken for absent or damaged.

    Raises:
        StreamUnreachable: Object storage does not give what is lacking.
    """

    def asked(self: Owner, /, *args: Arguments.args, **named: Arguments.kwargs) -> Value:
        if self.remote is None:
            return method(self, *args, **named)
        while True:
            with self.lock:
                if self.asking:  # by a method that calls this one, and will ask again
                    return method(self, *args, **named)
                self.asking = True
                try:
                    outcome, error = method(self, *args, **named), None
                except Exception as raised:
                    outcome, error = None, raised
                finally:
                    self.asking = False
                noted = self.remote.take_noted()
            if noted:
                fetch(self.path, self.remote, noted)
            elif error is not None:
                raise error
            else:
                return outcome  # type: ignore[return-value]

    asked.__doc__, asked.__name__ = method.__doc__, method.__name__
    return asked


def fetch(path: Path, remote: RemoteFile, noted: list[tuple[int, int]]) -> None:
    """Fetch ranges that HDF5 has asked for in vain.

    Raises:
        StreamUnreachable: Object storage does not give them.
    """
    try:
        remote.spool.require(noted)
    except RemoteError as error:
        remote.changed |= isinstance(error, ObjectChanged)
        raise StreamUnreachable(path, error) from error
    except OSError as error:
        kept = CannotKeep(str(path.parent), error.strerror or str(error))
        raise StreamUnreachable(path, kept) from error
