"""What runs a batch: threads or processes of this machine, or the workers of a cluster.

Each is shaped like ``concurrent.futures.Executor`` and ends with its block: after all calls, or at
once if the block ends with an exception.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager

from data_layer.batch.cluster import Cluster
from data_layer.batch.errors import NoCluster
from data_layer.batch.processes import Processes

CONNECT_WITHIN = 20.0  # s
INSTALL = "Install it with: pip install 'visual-behavior-dashboard[cluster]'"
ASK = "Start one with: dask scheduler, and give the address that it prints"


@contextmanager
def processes(n: int = 0) -> Iterator[Executor]:
    """``n`` processes of this machine, or one per core."""
    with Processes(n or os.cpu_count() or 1) as executor:
        yield executor


@contextmanager
def threads(n: int = 1) -> Iterator[Executor]:
    """``n`` threads, for work that holds no lock of Python's and can be left in the middle."""
    executor = ThreadPoolExecutor(n)
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


@contextmanager
def dask(address: str) -> Iterator[Executor]:
    """The workers of the Dask scheduler at ``address``, such as ``tcp://node1:8786``.

    Files that workers have begun when the block ends early are finished there.

    Raises:
        NoCluster: Dask is not installed, or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise NoCluster(address, "Dask is not installed", INSTALL) from error
    try:
        client = Client(address, timeout=CONNECT_WITHIN, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(address, "no scheduler of Dask's answers there", ASK) from error
    with client:
        yield Cluster(client, CONNECT_WITHIN)
