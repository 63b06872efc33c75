"""The image sets of the task, with the names of the release."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ImageSet:
    """One image set: its name in the file's templates, and the names of its images."""

    template: str
    image_names: tuple[str, ...]
    orientations: tuple[float, ...] = ()

    @property
    def stimulus_name(self) -> str:
        """The name in presentation tables and task parameters: the template's, up to the dot."""
        return self.template.split(".")[0]

    @property
    def is_grating(self) -> bool:
        """Whether the images are gratings rather than photographs."""
        return bool(self.orientations)


def _natural(stem: str, numbers: str, suffix: str = "") -> ImageSet:
    names = tuple(f"im{number}{suffix}" for number in numbers.split())
    return ImageSet(f"Natural_Images_Lum_Matched_set_{stem}", names)


_ORIENTATIONS = (0.0, 90.0, 180.0, 270.0)

IMAGE_SETS = {
    "images_A": _natural("training_2017.07.14", "061 062 063 065 066 069 077 085"),
    "images_B": _natural("ophys_6_2017.07.14", "000 031 035 045 054 073 075 106"),
    "images_G": _natural("ophys_G_2019.05.26", "012 036 044 047 078 083 111 115", "_r"),
    "images_H": _natural("ophys_H_2019.05.26", "005 024 034 083 087 104 111 114", "_r"),
    "gratings": ImageSet("grating", tuple(f"gratings_{o}" for o in _ORIENTATIONS), _ORIENTATIONS),
}
