"""Writes the stimulus templates, and the series of their presentations."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pynwb import NWBFile
from pynwb.image import ImageSeries, IndexSeries

from data_layer.demo.recording import Recording
from data_layer.demo.writing.extension_types import STIMULUS_TEMPLATE, extension_types


def add_stimulus_templates(nwbfile: NWBFile, recording: Recording) -> None:
    """Write the templates, and the series of which picture was shown when."""
    templates = recording.stimulus_templates
    names = templates.images.image_names
    series = extension_types().get("StimulusTemplate", STIMULUS_TEMPLATE)(
        name=templates.images.template,
        data=templates.warped,
        unwarped=templates.unwarped,
        control=np.arange(len(names), dtype=np.uint64),
        control_description=list(names),
        timestamps=np.full(len(names), np.nan),
        unit="NA",
        format="raw",
    )
    nwbfile.add_stimulus_template(series)
    shown = recording.stimulus_presentations
    shown = shown[shown["image_index"].between(0, len(names) - 1)]
    nwbfile.add_stimulus(_index_series(series, shown))


def _index_series(series: ImageSeries, shown: pd.DataFrame) -> IndexSeries:
    """The series of which picture of ``series`` was shown when.

    The release links the pictures with a field that pynwb can read but no longer lets users write.
    The object is therefore created in the mode in which pynwb creates objects that it reads.
    """
    index = IndexSeries.__new__(IndexSeries, in_construct_mode=True)
    index.__init__(
        name=series.name,
        data=shown["image_index"].to_numpy(np.uint64),
        timestamps=shown["start_time"].to_numpy(),
        indexed_timeseries=series,
        unit="N/A",
    )
    return index
