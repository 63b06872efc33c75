"""A small simulated release of the data set, written as real NWB files in the released layout."""

from data_layer.demo.full_scale import build_full_scale_experiment
from data_layer.demo.release import build_demo_release, demo_folder, is_built

__all__ = ["build_demo_release", "build_full_scale_experiment", "demo_folder", "is_built"]
