"""Checks of a session's quality: pure functions over its arrays and tables, a file per family.

``rules.py`` says what is checked, ``thresholds.py`` when it is a pass, a look or a fail and why.
"""
