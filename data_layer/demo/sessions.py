"""The types of the plan of a simulation: mice, sessions, containers and imaging planes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from data_layer.demo.image_sets import IMAGE_SETS, ImageSet
from data_layer.demo.seeds import generator
from data_layer.derived import mouse as described
from data_layer.derived import session_type as named

MULTISCOPE = "MESO.1"


@dataclass(frozen=True)
class Mouse:
    """One mouse; lines and genotype are spelled as in the release."""

    mouse_id: str
    sex: str
    date_of_birth: datetime
    full_genotype: str
    driver_line: tuple[str, ...]
    reporter_line: str

    @property
    def cre_line(self) -> str:
        """The Cre driver: the genotype's first allele."""
        return str(described.cre_line(self.full_genotype))

    @property
    def indicator(self) -> str:
        """The calcium indicator of the reporter line."""
        return str(described.indicator(self.reporter_line))


@dataclass(frozen=True)
class Schedule:
    """Durations (s) of the blocks of a session; the defaults have only the task."""

    task: float
    gray_before: float = 0.0
    gray_after: float = 0.0
    movie_repeats: int = 0


@dataclass(frozen=True)
class Fault:
    """Faults of a recording, with their times (s after the first monitor frame)."""

    motion_jump_at: float
    encoder_jumps_from: float
    encoder_jumps_until: float
    motion_jump: tuple[int, int] = (17, -12)


@dataclass(frozen=True)
class Container:
    """One plane imaged on several days: its cells are the same, its ROIs differ every day.

    The first of its ``n_cells`` have the roles in ``planted`` and are found every day. The others
    are found on a share ``found_share`` of the days.
    """

    ophys_container_id: int
    targeted_structure: str
    targeted_imaging_depth: int
    n_cells: int
    imaging_plane_group: int | None = None
    planted: tuple[str, ...] = ()
    found_share: float = 0.9

    @property
    def cell_specimen_ids(self) -> tuple[int, ...]:
        """Ids of all cells of this container."""
        first = 1_400_000_000 + (self.ophys_container_id * 7919) % 300_000_000
        return tuple(first + 13 * i for i in range(self.n_cells))


@dataclass(frozen=True)
class PlanePlan:
    """One ophys experiment: one container on one day."""

    ophys_experiment_id: int
    container: Container
    imaging_depth: int
    on_this_machine: bool = True


@dataclass(frozen=True)
class SessionPlan:
    """One behavior session, with imaging if it has ``planes``."""

    behavior_session_id: int
    mouse: Mouse
    session_type: str
    date_of_acquisition: datetime
    equipment_name: str
    project_code: str
    schedule: Schedule
    skill: float = 0.9
    ophys_session_id: int | None = None
    planes: tuple[PlanePlan, ...] = ()
    imaging_plane_group_count: int = 0
    frame_rate: float = 10.71
    field_of_view: tuple[int, int] = (512, 512)
    eye_tracking: bool = True
    novel_images: bool = False
    on_this_machine: bool = True
    fault: Fault | None = None
    picture_shape: tuple[int, int] = field(default=(120, 192))

    @property
    def behavior_session_uuid(self) -> str:
        """A UUID, derived from the session's id."""
        return str(UUID(bytes=generator("uuid", self.behavior_session_id).bytes(16), version=4))

    @property
    def image_set_name(self) -> str:
        """``images_A`` … or ``gratings``, from the session type."""
        return str(named.image_set(self.session_type))

    @property
    def image_set(self) -> ImageSet:
        """The images that are shown."""
        return IMAGE_SETS[self.image_set_name]

    @property
    def is_passive(self) -> bool:
        """Whether the session is passive, without a lick spout."""
        return "passive" in self.session_type

    @property
    def is_imaging(self) -> bool:
        """Whether the session ran on a two-photon rig (OPHYS_…)."""
        return self.session_type.startswith("OPHYS")

    @property
    def has_omissions(self) -> bool:
        """Whether flashes are omitted, as in all imaging sessions except habituation."""
        return bool(self.session_number)

    @property
    def session_number(self) -> int | None:
        """The digit after ``OPHYS_``; None in training."""
        return named.session_number(self.session_type)

    @property
    def age_in_days(self) -> int:
        """Whole days since birth."""
        return (self.date_of_acquisition - self.mouse.date_of_birth).days

    @property
    def monitor_delay(self) -> float:
        """The display delay of the rig's monitor (s)."""
        return 0.0356 if self.equipment_name == MULTISCOPE else 0.0206
