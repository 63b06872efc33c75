"""What the institute's tutorials do with a cache, with the import alone changed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data_layer import BehaviorOphysExperiment, BehaviorSession
from data_layer import VisualBehaviorOphysProjectCache as Cache
from tests.support.object_store import ObjectStore


def test_a_tutorial_of_imaging_runs_from_an_empty_folder(
    store: ObjectStore, folder: Path, small_cache: Cache
) -> None:
    cache = Cache.from_s3_cache(cache_dir=folder)

    # choose an experiment by the tables
    experiments = cache.get_ophys_experiment_table()
    sessions = cache.get_ophys_session_table()
    cells = cache.get_ophys_cells_table()
    assert set(cells["ophys_experiment_id"]) <= set(experiments.index)
    there = experiments[experiments.index.isin(small_cache.here("experiment"))]
    chosen = there.query("session_type == 'OPHYS_1_images_A'").index[0]
    session_id = experiments.loc[chosen]["ophys_session_id"]
    assert chosen in sessions.loc[session_id]["ophys_experiment_id"]

    # open it, which downloads it, and look at its streams
    experiment = cache.get_behavior_ophys_experiment(chosen)
    assert isinstance(experiment, BehaviorOphysExperiment)
    assert "dff_traces" in experiment.list_data_attributes_and_methods()
    one = experiment.cell_specimen_table.index[0]
    trace = experiment.dff_traces.loc[one, "dff"]
    assert len(trace) == len(experiment.ophys_timestamps)
    presentations = experiment.stimulus_presentations
    task = presentations[presentations.stimulus_block_name.str.contains("change_detection")]
    assert task["is_change"].any()
    assert experiment.max_projection.data.shape == (
        experiment.get_segmentation_mask_image().data.shape
    )
    experiment.close()
    assert cache.here("experiment") == {chosen}


def test_a_tutorial_of_training_runs_from_an_empty_folder(
    store: ObjectStore, folder: Path, small_cache: Cache
) -> None:
    cache = Cache.from_s3_cache(cache_dir=folder)
    behavior_sessions = cache.get_behavior_session_table()
    training = behavior_sessions[behavior_sessions.session_type.str.startswith("TRAINING")]
    at_hand = training.index.intersection(pd.Index(sorted(small_cache.here("behavior"))))
    session = cache.get_behavior_session(at_hand[0])
    assert isinstance(session, BehaviorSession)
    assert session.get_performance_metrics()["trial_count"] == len(session.trials)
    session.close()


def test_a_tutorial_of_releases_runs_from_an_empty_folder(store: ObjectStore, folder: Path) -> None:
    cache = Cache.from_s3_cache(cache_dir=folder)
    assert cache.current_manifest() == cache.latest_manifest_file()
    assert cache.latest_downloaded_manifest_file() == cache.current_manifest()
    assert cache.list_all_downloaded_manifests() == cache.list_manifest_file_names()
    manifest = cache.latest_manifest_file()
    assert cache.compare_manifests(manifest, manifest) == "The two manifests are equivalent"
    cache.load_manifest(manifest)
    cache.load_latest_manifest()
