"""The URL query and the view it stands for."""

from __future__ import annotations

import pytest

from dashboard.urls import DEFAULT_OPTIONS, ViewState


def test_nothing_said_means_the_defaults():
    assert ViewState.from_query({}) == ViewState()


def test_a_link_reproduces_the_view():
    query = {
        "t": "12.5-72.5",
        "cells": "1086500017,1086500034",
        "rows": "trials,cells",
        "tab": "eye",
    }
    view = ViewState.from_query(query)
    assert view.span == (12.5, 72.5)
    assert view.cells == (1086500017, 1086500034)
    assert view.options == DEFAULT_OPTIONS | {"rows": ["trials", "cells"], "tab": "eye"}


@pytest.mark.parametrize("text", ["", "5", "9-4", "a-b", "1-2-3", "4-4"])
def test_a_span_that_makes_no_sense_is_left_to_the_page(text):
    assert ViewState.from_query({"t": text}).span is None


def test_what_is_no_cell_id_is_left_out():
    assert ViewState.from_query({"cells": "12,x,-3,,40"}).cells == (12, 40)
