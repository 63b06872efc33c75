"""Makes a cache directory for one NWB file, so that it can be served like a release."""

from __future__ import annotations

from pathlib import Path

from data_layer.project_cache.single_file import SingleFile


def one_file_release(file: Path, folder: Path) -> Path:
    """Write the file's tables into ``folder``, with a link to the file beside them."""
    single = SingleFile(file)
    tables = {
        "behavior_session_table": single.get_behavior_session_table(),
        "ophys_session_table": single.get_ophys_session_table(),
        "ophys_experiment_table": single.get_ophys_experiment_table(),
        "ophys_cells_table": single.get_ophys_cells_table(),
    }
    folder.mkdir(parents=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv")
    experiments = single.available("experiment")
    kind, ids = (
        ("behavior_ophys_experiment", experiments)
        if experiments
        else ("behavior_session", single.available("behavior"))
    )
    (folder / f"{kind}_{min(ids)}.nwb").symlink_to(file.resolve())
    return folder
