"""A picture with the size of its pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """The type of ``max_projection``, ``average_projection`` and ``segmentation_mask_image``.

    ``np.asarray(image)`` gives ``data`` (height, width); ``spacing`` is the size of a pixel
    (x, y) in ``unit``, NaN if unknown.
    """

    data: NDArray[Any]
    spacing: tuple[float, float]
    unit: str = "mm"

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.array(self.data, dtype=dtype, copy=copy)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Image):
            return NotImplemented
        same_size = self.spacing == other.spacing and self.unit == other.unit
        return same_size and np.array_equal(self.data, other.data)

    __hash__ = None  # type: ignore[assignment]
