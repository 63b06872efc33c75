"""The words of eye tracking: ellipses of pupil, eye and corneal reflection; the rig."""

from __future__ import annotations

from dashboard.vocabulary.terms import Attribute, Term

PART_NAMES = {"pupil": "pupil", "eye": "eye", "cr": "corneal reflection"}
AREAS = {
    "pupil": "Area of a circle with the pupil's longer semi-axis as radius",
    "eye": "Area of the ellipse around the visible eye",
    "cr": "Area of the ellipse around the corneal reflection (the image of the infrared LED)",
}


def _part(part: str) -> dict[str, Term]:
    name = PART_NAMES[part]
    masked = "" if part == "cr" else " NaN in likely blinks."
    return {
        f"{part}_center_x": Term(f"Centre of the {name} from the camera image's left edge.", "px"),
        f"{part}_center_y": Term(f"Centre of the {name} from the camera image's upper edge.", "px"),
        f"{part}_width": Term(
            f"Semi-axis of the {name}'s ellipse that lies at the angle phi.{masked}", "px"
        ),
        f"{part}_height": Term(f"The other semi-axis of the {name}'s ellipse.{masked}", "px"),
        f"{part}_phi": Term(
            f"Angle of the {name}'s ellipse, from the image's x axis toward y (down).{masked}",
            "radians",
        ),
    }


EYE_TRACKING = {
    "frame": Term("Number of the camera frame, counted from 0."),
    "timestamps": Term("Time of the camera frame, about 30 Hz.", "s"),
    **{
        f"{part}_area": Term(f"{text}; NaN in likely blinks.", "px²")
        for part, text in AREAS.items()
    },
    "likely_blink": Term(
        "True where the eye or pupil could not be fitted or has an unusual area (3 standard "
        "deviations), and two frames to either side."
    ),
    **{
        f"{part}_area_raw": Term(f"{text}; blinks not removed.", "px²")
        for part, text in AREAS.items()
    },
    **_part("cr"),
    **_part("eye"),
    **_part("pupil"),
}

FROM_EYE = "from the right eye: x to the mouse's right, y forward, z up"
RIG_GEOMETRY = {
    "camera_position_mm": Term(f"Place of the eye camera's lens {FROM_EYE}.", "mm"),
    "camera_rotation_deg": Term("Rotation of the eye camera about its own axes.", "degrees"),
    "equipment": Term("The rig."),
    "led_position": Term(f"Place of the infrared LED {FROM_EYE}.", "mm"),
    "monitor_position_mm": Term(f"Centre of the monitor {FROM_EYE}.", "mm"),
    "monitor_rotation_deg": Term("Rotation of the monitor about its own axes.", "degrees"),
}

EYE_ATTRIBUTES = (
    Attribute(
        "eye_tracking",
        "eye_tracking",
        "Ellipses fitted to the video of the right eye, in the camera's pixels (origin upper "
        "left, y down); this is not where the mouse looks. The video itself is not released.",
        "table",
        columns=EYE_TRACKING,
        experiment_only=True,
    ),
    Attribute(
        "eye_tracking_rig_geometry",
        "eye_tracking_rig_geometry",
        "Where camera, LED and monitor stood around the eye.",
        "dictionary",
        columns=RIG_GEOMETRY,
        experiment_only=True,
    ),
)
