"""Quantities computed from a session's attributes: pure numpy and pandas, one topic per module."""
