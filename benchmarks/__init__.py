"""How fast the dashboard is beside its peers, on one file and one machine: ``make bench``.

Each row of the table is a module of ``benchmarks.rows``. What has to run in a process of its own,
ours or a peer's, is a module of ``benchmarks.measured`` that prints its findings as JSON. Times
are wall-clock; a row's value is the median over its runs, in which we and the peers take turns.
"""
