"""Modules that run in a process of their own: a task as JSON in, findings as JSON out.

Those of peers run in the peers' environments, so they import nothing of ours but
``benchmarks.memory``.
"""
