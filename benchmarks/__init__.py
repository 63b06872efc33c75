"""Compares the speed of the dashboard with its peers, on one file and one machine: ``make bench``.

Each row of the table is a module of ``benchmarks.rows``. Code that runs in a separate process, ours
or a peer's, is a module of ``benchmarks.measured`` that prints its results as JSON. Times are
wall-clock. A value is the median over the runs, in which we and the peers take turns.
"""
