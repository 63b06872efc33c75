"""Explanations of the data set's terms in plain language."""

from dashboard.vocabulary.datasets import ATTRIBUTES, explain, term
from dashboard.vocabulary.terms import Attribute, Term

__all__ = ["ATTRIBUTES", "Attribute", "Term", "explain", "term"]
