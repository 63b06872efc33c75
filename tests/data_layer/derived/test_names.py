"""What session types, genotypes and ages say."""

from __future__ import annotations

import pytest

from data_layer.derived.mouse import age_in_days, cre_line, indicator
from data_layer.derived.session_type import behavior_type, image_set, session_number


@pytest.mark.parametrize(
    ("session_type", "expected"),
    [
        ("OPHYS_1_images_A", ("images_A", "active_behavior", 1)),
        ("OPHYS_2_images_A_passive", ("images_A", "passive_viewing", 2)),
        ("OPHYS_0_images_B_habituation", ("images_B", "active_behavior", 0)),
        ("OPHYS_6_images_H", ("images_H", "active_behavior", 6)),
        ("TRAINING_0_gratings_autorewards_15min", ("gratings", "active_behavior", None)),
        ("TRAINING_5_images_A_handoff_lapsed", ("images_A", "active_behavior", None)),
        ("TRAINING_2_gratings_flashed_passive", ("gratings", "active_behavior", None)),
        ("OPHYS_7_receptive_field_mapping", (None, "active_behavior", 7)),
        ("", (None, "active_behavior", None)),
    ],
)
def test_session_types(session_type: str, expected: tuple[str | None, str, int | None]) -> None:
    found = image_set(session_type), behavior_type(session_type), session_number(session_type)
    assert found == expected


@pytest.mark.parametrize(
    ("genotype", "expected"),
    [
        ("Sst-IRES-Cre/wt;Ai148(TIT2L-GC6f-ICL-tTA2)/wt", "Sst-IRES-Cre"),
        ("Slc17a7-IRES2-Cre/wt;Camk2a-tTA/wt;Ai93(TITL-GCaMP6f)/wt", "Slc17a7-IRES2-Cre"),
        ("wt/wt", None),
        ("", None),
    ],
)
def test_cre_line(genotype: str, expected: str | None) -> None:
    assert cre_line(genotype) == expected


@pytest.mark.parametrize(
    ("reporter_line", "expected"),
    [
        ("Ai148(TIT2L-GC6f-ICL-tTA2)", "GCaMP6f"),
        ("Ai93(TITL-GCaMP6f)", "GCaMP6f"),
        ("Ai94(TITL-GCaMP6s)", "GCaMP6s"),
        ("Ai14", None),
        (None, None),
    ],
)
def test_indicator(reporter_line: str | None, expected: str | None) -> None:
    assert indicator(reporter_line) == expected


@pytest.mark.parametrize(
    ("age", "expected"), [("P114D", 114), ("P7D", 7), ("null", None), ("P", None), ("", None)]
)
def test_age(age: str, expected: int | None) -> None:
    assert age_in_days(age) == expected
