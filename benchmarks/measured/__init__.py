"""Modules that run in a separate process, with a task as JSON in and results as JSON out.

Those of peers run in the peers' environments, so of our code they import only
``benchmarks.memory``.
"""
