"""The streams of an imaging plane: cells, traces, events, pictures, motion."""

from __future__ import annotations

from dashboard.vocabulary.terms import Attribute, Term

SPECIMEN = Term(
    "Number of the cell, the same on every day on which it was found again; empty where the cell "
    "was matched to none."
)
ROI = Term("Number of the cell's outline in this plane and session only.")


def _moved(side: str) -> Term:
    return Term(f"How far motion correction moved the picture {side} at most.", "px")


CELLS = {
    "cell_specimen_id": SPECIMEN,
    "cell_roi_id": ROI,
    "height": Term("Height of the box around the cell.", "px"),
    "mask_image_plane": Term("Layer of the outline; overlapping cells lie in different layers."),
    "max_correction_down": _moved("down"),
    "max_correction_left": _moved("left"),
    "max_correction_right": _moved("right"),
    "max_correction_up": _moved("up"),
    "roi_mask": Term(
        "Which pixels of the field of view belong to the cell: a picture of true and false. Tables "
        "count its pixels, CSV files list their [y, x]."
    ),
    "valid_roi": Term("True where classification took the outline for a cell; only those remain."),
    "width": Term("Width of the box around the cell.", "px"),
    "x": Term("Left edge of the box around the cell, from the left of the field.", "px"),
    "y": Term("Upper edge of the box around the cell, from the top of the field.", "px"),
}
DFF = {
    "cell_specimen_id": SPECIMEN,
    "cell_roi_id": ROI,
    "dff": Term(
        "Change of fluorescence relative to its baseline, a value per imaging frame.", "ΔF/F"
    ),
}
CORRECTED = {
    "cell_specimen_id": SPECIMEN,
    "cell_roi_id": ROI,
    "corrected_fluorescence": Term(
        "Fluorescence after overlapping cells were separated and the surrounding neuropil was "
        "subtracted, a value per imaging frame.",
        "arbitrary units",
    ),
    "r": Term("Share of the neuropil's fluorescence that was subtracted. Not in 2021 files."),
    "RMSE": Term("Root mean square error of the neuropil fit. Not in 2021 files."),
}
DEMIXED = {
    "cell_specimen_id": SPECIMEN,
    "cell_roi_id": ROI,
    "demixed_trace": Term(
        "Fluorescence after overlapping cells were separated, before the neuropil was subtracted.",
        "arbitrary units",
    ),
}
NEUROPIL = {
    "cell_specimen_id": SPECIMEN,
    "cell_roi_id": ROI,
    "neuropil_trace": Term(
        "Fluorescence of the tissue around the cell. (AllenSDK 2.16.2 answers with the demixed "
        "trace; this is the real neuropil.)",
        "arbitrary units",
    ),
}
EVENTS = {
    "cell_specimen_id": SPECIMEN,
    "cell_roi_id": ROI,
    "events": Term(
        "Detected events: 0 but where a transient rises, there about as large as the rise of dF/F."
    ),
    "filtered_events": Term(
        "The events smoothed forward in time by half a Gaussian, for looking at and averaging."
    ),
    "lambda": Term(
        "Strength of the sparseness penalty, chosen so that the smallest event is a set multiple "
        "of the noise.",
        formerly="lambdas",
    ),
    "noise_std": Term(
        "Estimated standard deviation of the trace's noise.",
        formerly="noise_stds",
    ),
}
MOTION = {
    "x": Term("Shift of the frame along x that undid the brain's motion.", "px"),
    "y": Term("Shift of the frame along y that undid the brain's motion.", "px"),
}

FRAMES = {
    "frame": Term("Number of the imaging frame, counted from 0."),
    "timestamps": Term("Time of the imaging frame, from ophys_timestamps.", "s"),
}

EXPERIMENT_ATTRIBUTES = tuple(
    Attribute(name, name, text, shape, unit, columns, FRAMES, True)  # type: ignore[arg-type]
    for name, shape, unit, columns, text in (
        ("ophys_experiment_id", "number", "", {}, "Number of this imaging plane in this session."),
        ("ophys_session_id", "number", "", {}, "Number of the imaging session."),
        (
            "ophys_timestamps",
            "array",
            "s",
            {},
            "Time of every imaging frame of this plane; use it instead of the rounded frame rate.",
        ),
        (
            "cell_specimen_table",
            "table",
            "",
            CELLS,
            "The cells of the plane and their outlines. Outlines not taken for cells are left out.",
        ),
        ("dff_traces", "traces", "ΔF/F", DFF, "dF/F of every cell."),
        ("events", "traces", "", EVENTS, "Calcium events of every cell, found in dF/F."),
        (
            "corrected_fluorescence_traces",
            "traces",
            "arbitrary units",
            CORRECTED,
            "Fluorescence of every cell without its neighbours and the neuropil.",
        ),
        (
            "demixed_traces",
            "traces",
            "arbitrary units",
            DEMIXED,
            "Fluorescence of every cell without its neighbours. Not in 2021 files.",
        ),
        (
            "neuropil_traces",
            "traces",
            "arbitrary units",
            NEUROPIL,
            "Fluorescence around every cell. Not in 2021 files.",
        ),
        (
            "max_projection",
            "image",
            "gray value",
            {},
            "Brightest value of every pixel over the recording.",
        ),
        (
            "average_projection",
            "image",
            "gray value",
            {},
            "Mean value of every pixel over the recording.",
        ),
        ("segmentation_mask_image", "image", "0 or 1", {}, "1 where any cell is, else 0."),
        (
            "motion_correction",
            "table",
            "",
            MOTION,
            "How far each imaging frame was shifted; a row per entry of ophys_timestamps.",
        ),
    )
)
