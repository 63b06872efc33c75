"""What each column of the metadata tables holds, so that a broken cell cannot pass unnoticed.

Source: the CSV files of releases 1.0.0 to 1.1.0. A column that is not named here is left as
pandas reads it, which is what AllenSDK does with it.
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

# What a row cannot do without: the column must be there and no cell of it may be empty.
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
    "ophys_cells_table": ("cell_roi_id", "ophys_experiment_id"),
}

# Cells written as Python lists. The experiment table has single ids under two of these names.
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

# Whole numbers that AllenSDK gives as pandas' Int64, which has room for "no value".
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

# Whole numbers that keep the type with which they are read.
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

BOOLEANS = ("passive",)

# The order in which AllenSDK shows the columns; others follow in the order of the file.
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
