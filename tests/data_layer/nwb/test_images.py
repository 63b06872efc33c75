"""Projections, motion and the pictures that were shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_layer import BehaviorOphysExperiment, StreamMissing, open_session
from tests.support.nwb_files import remove, write_behavior, write_experiment
from tests.support.tiny_session import TinySession
from tests.support.tiny_task import IMAGES


@pytest.mark.parametrize(
    ("attribute", "stored"),
    [("max_projection", "max_projection"), ("average_projection", "average_image")],
)
def test_projections(
    experiment: BehaviorOphysExperiment, truth: TinySession, attribute: str, stored: str
) -> None:
    image = getattr(experiment, attribute)
    np.testing.assert_array_equal(np.asarray(image), truth.projections[stored])
    assert np.asarray(image).dtype == np.uint8
    assert image.spacing == pytest.approx((0.00078125, 0.00078125))
    assert image.unit == "mm"
    assert image == getattr(experiment, attribute)


def test_the_segmentation_has_the_size_of_the_projections(
    experiment: BehaviorOphysExperiment,
) -> None:
    assert experiment.segmentation_mask_image.spacing == experiment.max_projection.spacing
    assert experiment.segmentation_mask_image != experiment.max_projection


def test_the_segmentation_does_without_pictures(tmp_path: Path) -> None:
    path = remove(write_experiment(tmp_path), "processing/ophys/images")
    with BehaviorOphysExperiment.from_nwb_path(path) as session:
        assert np.asarray(session.segmentation_mask_image).any()
        assert np.isnan(session.segmentation_mask_image.spacing).all()


def test_motion(experiment: BehaviorOphysExperiment, truth: TinySession) -> None:
    assert list(experiment.motion_correction.columns) == ["x", "y"]
    np.testing.assert_array_equal(experiment.motion_correction, truth.motion)


def test_templates(experiment: BehaviorOphysExperiment, truth: TinySession) -> None:
    table = experiment.stimulus_templates
    assert table is not None
    assert list(table.columns) == ["unwarped", "warped"]
    assert table.index.name == "image_name"
    assert table.index.tolist() == list(IMAGES) == experiment.image_names
    for row, name in enumerate(IMAGES):
        for kind in ("unwarped", "warped"):
            written = truth.templates[kind][row]
            np.testing.assert_array_equal(table.loc[name, kind], written)
            alone = experiment.template(name, warped=kind == "warped")
            np.testing.assert_array_equal(alone, written)
            assert alone.dtype == written.dtype


def test_an_unknown_picture_is_told(experiment: BehaviorOphysExperiment) -> None:
    with pytest.raises(StreamMissing, match="im999"):
        experiment.template("im999")


def test_no_templates(tmp_path: Path) -> None:
    path = write_behavior(tmp_path)
    remove(path, "stimulus/templates/Natural_Images_Lum_Matched_set_training_2017.07.14")
    with open_session(path) as session:
        assert session.stimulus_templates is None
        assert session.image_names == []
        assert not session.has("stimulus_templates")
