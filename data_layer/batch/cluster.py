"""The workers of a Dask cluster as an executor, every call of which ends, whatever is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import distributed

T = TypeVar("T")


class Cluster(Executor):
    """Runs calls on the workers of ``client``'s scheduler.

    The executor that Dask has of its own never ends a call whose answer was on its way when the
    scheduler was lost.

    Args:
        client: a client that is connected; whoever made it closes it.
        patience: how long an answer may be on its way (s).
    """

    def __init__(self, client: distributed.Client, patience: float) -> None:
        self._client, self._patience = client, patience

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Call ``fn`` on a worker; the exception says if the cluster, or the answer, was lost."""
        answer: Future[T] = Future()
        # Calls with equal arguments are not the same to us: the second is another try.
        remote = self._client.submit(fn, *args, pure=False, **kwargs)
        remote.add_done_callback(partial(self._pass_on, answer))
        return answer

    def _pass_on(self, answer: Future[T], remote: distributed.Future) -> None:
        try:
            result = remote.result(timeout=self._patience)
        except BaseException as error:
            answer.set_exception(error)
        else:
            answer.set_result(result)
