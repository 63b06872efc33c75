"""The types of the columns of the metadata tables, by which broken cells are detected.

Source: the CSV files of releases 1.0.0 to 1.1.0. Columns that are not named here are left as pandas
reads them, as in AllenSDK.
"""

from __future__ import annotations

from typing import Literal

from data_layer.derived.performance_metrics import TRIAL_COUNTS

TableName = Literal[
    "ophys_experiment_table", "ophys_session_table", "behavior_session_table", "ophys_cells_table"
]

INDEX: dict[TableName, str] = {
    "ophys_experiment_table": "ophys_experiment_id",
    "ophys_session_table": "ophys_session_id",
    "behavior_session_table": "behavior_session_id",
    "ophys_cells_table": "cell_roi_id",
}

# Columns that must exist. Of their cells only those of the index must have a value.
REQUIRED: dict[TableName, tuple[str, ...]] = {
    "ophys_experiment_table": (
        "ophys_experiment_id",
        "behavior_session_id",
        "ophys_session_id",
        "ophys_container_id",
        "mouse_id",
        "session_type",
        "date_of_acquisition",
    ),
    "ophys_session_table": (
        "ophys_session_id",
        "behavior_session_id",
        "ophys_experiment_id",
        "mouse_id",
        "session_type",
        "date_of_acquisition",
    ),
    "behavior_session_table": (
        "behavior_session_id",
        "mouse_id",
        "session_type",
        "date_of_acquisition",
    ),
    "ophys_cells_table": ("cell_roi_id", "ophys_experiment_id", "cell_specimen_id"),
}

# Columns that are text even where every cell looks like a number or is empty.
TEXTS = (
    "mouse_id",
    "indicator",
    "full_genotype",
    "cre_line",
    "reporter_line",
    "sex",
    "targeted_structure",
    "project_code",
    "session_type",
    "image_set",
    "behavior_type",
    "experience_level",
    "date_of_acquisition",
    "equipment_name",
)

# Columns with Python lists as text. The experiment table has single ids in two of them.
LISTS: dict[TableName, dict[str, type]] = {
    "ophys_experiment_table": {"driver_line": str},
    "ophys_session_table": {
        "ophys_experiment_id": int,
        "ophys_container_id": int,
        "driver_line": str,
    },
    "behavior_session_table": {
        "ophys_experiment_id": int,
        "ophys_container_id": int,
        "driver_line": str,
    },
    "ophys_cells_table": {},
}

# Whole numbers that AllenSDK returns as pandas' Int64, which can be missing.
NULLABLE_INTEGERS = (
    "session_number",
    "age_in_days",
    "prior_exposures_to_image_set",
    "prior_exposures_to_session_type",
    "prior_exposures_to_omissions",
    "ophys_session_id",
    "imaging_plane_group_count",
    "imaging_plane_group",
    "targeted_areas",
    "num_depths_per_area",
    "num_targeted_structures",
    "cell_specimen_id",
)

# Whole numbers with the type that pandas infers.
NUMBERS = (
    "ophys_experiment_id",
    "behavior_session_id",
    "ophys_container_id",
    "cell_roi_id",
    "file_id",
    "imaging_depth",
    "targeted_imaging_depth",
    "isi_experiment_id",
    *TRIAL_COUNTS,
)

# The only whole number below 0 stands for "no file"; ids, counts, ages and depths have none.
MAY_BE_NEGATIVE = ("file_id",)

BOOLEANS = ("passive",)

# AllenSDK's order of the columns; others follow in the order of the file.
ORDER = (
    "behavior_session_id",
    "ophys_session_id",
    "ophys_container_id",
    "mouse_id",
    "indicator",
    "full_genotype",
    "driver_line",
    "cre_line",
    "reporter_line",
    "sex",
    "age_in_days",
    "imaging_depth",
    "targeted_structure",
    "targeted_imaging_depth",
    "imaging_plane_group_count",
    "imaging_plane_group",
    "project_code",
    "session_type",
    "session_number",
    "image_set",
    "behavior_type",
    "passive",
    "experience_level",
    "prior_exposures_to_session_type",
    "prior_exposures_to_image_set",
    "prior_exposures_to_omissions",
    "date_of_acquisition",
    "equipment_name",
    "num_depths_per_area",
    "ophys_experiment_id",
    "num_targeted_structures",
    "published_at",
    "isi_experiment_id",
)
