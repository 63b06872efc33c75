"""A few minutes of a simulated session as tables and arrays, from which test files are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

FRAME_RATE = 59.95
FIRST_TIME = 8.0
DISPLAY_DELAY = 0.0212
STEP, FLASH = 45, 15
NULL = -99
IMAGES = ("im061", "im062", "im065", "im066")
GRATINGS = tuple(f"gratings_{angle}.0" for angle in (0, 90, 180, 270))
OUTCOMES = ("hit", "miss", "false_alarm", "correct_reject", "aborted", "auto_rewarded")


@dataclass(frozen=True)
class Plan:
    """What a session has; the defaults are a small imaging session with everything in it."""

    session_type: str = "OPHYS_1_images_A"
    n_trials: int = 40
    n_cells: int = 4
    n_invalid: int = 1
    n_unmatched: int = 0
    ophys_rate: float = 31.0
    plane_group: int = -1
    plane_group_count: int = 0
    eye_tracking: bool = True
    licks_per_trial: int | None = None
    field_of_view: tuple[int, int] = (40, 36)
    picture: tuple[int, int] = (12, 19)
    behavior_session_id: int = 870_000_001
    ophys_session_id: int = 880_000_001
    ophys_experiment_id: int = 900_000_001
    ophys_container_id: int = 1_018_000_001
    mouse_id: str = "457841"
    seed: int = 1

    @property
    def passive(self) -> bool:
        return "passive" in self.session_type

    @property
    def viewing(self) -> str:
        return "passive" if self.passive else "behavior"

    @property
    def gratings(self) -> bool:
        return "gratings" in self.session_type

    @property
    def imaging(self) -> bool:
        return self.session_type.startswith("OPHYS")

    @property
    def image_names(self) -> tuple[str, ...]:
        return GRATINGS if self.gratings else IMAGES


@dataclass
class Log:
    """What happened, in stimulus frames."""

    trials: list[dict[str, object]] = field(default_factory=list)
    changes: dict[int, str] = field(default_factory=dict)  # flash -> image
    licks: list[int] = field(default_factory=list)
    rewards: list[tuple[int, float, bool]] = field(default_factory=list)
    n_flashes: int = 0


class TinySession:
    """The tables and arrays of a session, as they are stored in a file of 2023."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rng = np.random.default_rng(plan.seed)
        self.first_frame = 300 if plan.imaging else 20
        self.log = self._play()
        last_flash = self.frame(self.log.n_flashes) + STEP
        self.movie_frame = last_flash + 180
        n_frames = self.movie_frame + 60 if plan.imaging else last_flash + 60
        self.timestamps = FIRST_TIME + np.arange(n_frames) / FRAME_RATE

    def frame(self, flash: int) -> int:
        return self.first_frame + STEP * flash

    def _play(self) -> Log:
        log, flash, image = Log(), 0, self.plan.image_names[0]
        for number in range(self.plan.n_trials):
            kind = self._kind(number)
            change = flash + int(self.rng.integers(3, 7))
            before = image
            if kind in ("go", "auto_rewarded"):
                image = str(self.rng.choice([n for n in self.plan.image_names if n != image]))
                log.changes[change] = image
            stop = flash + 2 if kind == "aborted" else change + 3
            self._respond(log, kind, self.frame(flash) - 10, change, stop, (before, image))
            flash = stop + int(self.rng.integers(0, 2))
        log.n_flashes = flash
        return log

    def _kind(self, number: int) -> str:
        if self.plan.passive:
            return "catch" if number % 7 == 3 else "go"
        if number < 3 or self.plan.session_type.startswith("TRAINING_0"):
            return "auto_rewarded"
        return str(self.rng.choice(["aborted", "catch", "go"], p=[0.25, 0.2, 0.55]))

    def _respond(
        self, log: Log, kind: str, start: int, change: int, stop: int, images: tuple[str, str]
    ) -> None:
        responds = not self.plan.passive and bool(self.rng.random() < 0.7)
        if self.plan.licks_per_trial is not None:
            responds = self.plan.licks_per_trial > 0
        outcome = {
            "go": "hit" if responds else "miss",
            "catch": "false_alarm" if responds else "correct_reject",
        }.get(kind, kind)
        at = self.frame(change)
        licks = self._licks(kind, responds, start, at)
        reward = {"hit": 0.007, "auto_rewarded": 0.005}.get(outcome)
        rewarded_at = None
        if reward is not None and not self.plan.passive:
            rewarded_at = at + 9 if kind == "auto_rewarded" else licks[0]
            log.rewards.append((rewarded_at, reward, kind == "auto_rewarded"))
        log.licks += licks
        log.trials.append(
            {
                "start": start,
                "stop": self.frame(stop) - 12,
                "kind": kind,
                "outcome": outcome,
                "change": None if kind == "aborted" else at,
                "licks": licks,
                "images": images,
                "reward": rewarded_at,
                "volume": 0.0 if rewarded_at is None else reward,
            }
        )

    def _licks(self, kind: str, responds: bool, start: int, change: int) -> list[int]:
        if self.plan.passive:
            return []
        first = start + 30 if kind == "aborted" else change + int(self.rng.integers(12, 40))
        n = 1 if kind == "aborted" else int(self.rng.integers(2, 6)) * responds
        if self.plan.licks_per_trial is not None:
            n = self.plan.licks_per_trial
        return [first + 8 * i for i in range(n)]

    @cached_property
    def trials(self) -> pd.DataFrame:
        """Stored columns but lick_times, which :attr:`lick_times` holds."""
        times, rows = self.timestamps, self.log.trials
        change = np.array([NULL if r["change"] is None else r["change"] for r in rows])
        none = change == NULL
        change_time = np.where(none, np.nan, times[change] + DISPLAY_DELAY)
        first = np.array([times[r["licks"][0]] if r["licks"] else np.nan for r in rows])
        aborted = np.array([r["kind"] == "aborted" for r in rows])
        response = np.where(aborted, np.nan, first)
        latency = np.where(np.isnan(first), np.inf, first - change_time)
        start, stop = (times[[r[k] for r in rows]] for k in ("start", "stop"))
        kinds = {k: [r["kind"] == k for r in rows] for k in ("go", "catch")}
        outcomes = {o: [r["outcome"] == o for r in rows] for o in OUTCOMES}
        return pd.DataFrame(
            {
                "start_time": start,
                "stop_time": stop,
                "initial_image_name": [r["images"][0] for r in rows],
                "change_image_name": [r["images"][1] for r in rows],
                "is_change": [r["kind"] in ("go", "auto_rewarded") for r in rows],
                "change_time": change_time,
                **kinds,
                "response_time": response,
                "response_latency": np.where(aborted, np.nan, latency),
                "reward_time": [
                    np.nan if r["reward"] is None else times[r["reward"]] for r in rows
                ],
                "reward_volume": [float(r["volume"]) for r in rows],
                **outcomes,
                "change_frame": change,
                "trial_length": stop - start,
            }
        )

    @cached_property
    def lick_times(self) -> list[np.ndarray]:
        return [self.timestamps[np.array(r["licks"], int)] for r in self.log.trials]

    @cached_property
    def presentations(self) -> pd.DataFrame:
        """Every row of the session in order of time, columns as stored in 2023."""
        task = self._task_rows()
        if not self.plan.imaging:
            return task.assign(stimulus_block=0)
        gray = [
            (0, self.first_frame, 0, "initial"),
            (int(task["end_frame"].iloc[-1]), self.movie_frame, 2, "post_behavior"),
        ]
        spontaneous = [
            {
                "start_frame": start,
                "end_frame": end,
                "stimulus_block": block,
                "stimulus_name": "spontaneous",
                "stimulus_block_name": f"{when}_gray_screen_5min",
            }
            for start, end, block, when in gray
        ]
        movie = [
            {
                "start_frame": self.movie_frame + 2 * i,
                "end_frame": self.movie_frame + 2 * i + 2,
                "stimulus_block": 3,
                "stimulus_name": "natural_movie_one",
                "stimulus_block_name": "natural_movie_one",
                "movie_frame_index": i % 5,
                "movie_repeat": i // 5,
            }
            for i in range(20)
        ]
        table = pd.concat([task.assign(stimulus_block=1), pd.DataFrame(spontaneous + movie)])
        return self._timed(table.sort_values("start_frame", ignore_index=True))

    def _task_rows(self) -> pd.DataFrame:
        changes, names = self.log.changes, self.plan.image_names
        protected = {*changes, *(c - 1 for c in changes)}
        shown, image = [], names[0]
        for flash in range(self.log.n_flashes):
            image = changes.get(flash, image)
            free = self.plan.imaging and flash not in protected and flash > 2
            shown.append("omitted" if free and self.rng.random() < 0.05 else image)
        start = self.first_frame + STEP * np.arange(len(shown))
        catch = [r["change"] for r in self.log.trials if r["kind"] == "catch"]
        omitted = np.array([n == "omitted" for n in shown])
        trial_starts = np.array([r["start"] for r in self.log.trials])
        changed = np.isin(np.arange(len(shown)), list(changes))
        table = pd.DataFrame(
            {
                "start_frame": start,
                "end_frame": start + (STEP if self.plan.gratings else FLASH),
                "image_index": [len(names) if n == "omitted" else names.index(n) for n in shown],
                "image_name": shown,
                "is_change": changed.astype(float),
                "is_image_novel": np.where(omitted, np.nan, 0.0),
                "omitted": omitted.astype(float),
                "stimulus_name": self.stimulus_name,
                "stimulus_block_name": f"change_detection_{self.plan.viewing}",
                "trials_id": np.searchsorted(trial_starts, start, side="left") - 1,
                "active": True,
                "is_sham_change": np.isin(start, catch),
                "image_set": self.image_set,
            }
        )
        if self.plan.gratings:
            table["orientation"] = [float(n.split("_")[1]) for n in shown]
        return self._timed(table)

    def _timed(self, table: pd.DataFrame) -> pd.DataFrame:
        """The table with times and with every integer column filled."""
        frames = table[["start_frame", "end_frame"]].to_numpy(int)
        start, stop = (self.timestamps_at(frames[:, i]) + DISPLAY_DELAY for i in (0, 1))
        table = table.assign(start_time=start, stop_time=stop, duration=stop - start)
        for name in ("image_index", "movie_frame_index", "movie_repeat", "trials_id"):
            column = table.get(name, pd.Series(np.nan, table.index))
            table[name] = column.fillna(NULL).astype(int)
        table["flashes_since_change"] = NULL  # stored, but always computed anew
        for name in ("active", "is_sham_change"):
            table[name] = table[name].eq(True)
        return table

    def timestamps_at(self, frames: np.ndarray) -> np.ndarray:
        return FIRST_TIME + frames / FRAME_RATE

    @property
    def stimulus_name(self) -> str:
        return "grating" if self.plan.gratings else "Natural_Images_Lum_Matched_set_training_2017"

    @property
    def image_set(self) -> str:
        return "grating" if self.plan.gratings else f"{self.stimulus_name}.07.14"

    @cached_property
    def running(self) -> tuple[np.ndarray, np.ndarray]:
        """Filtered and raw speed, cm/s."""
        speed = 20 + 10 * np.sin(self.timestamps / 7)
        raw = speed + self.rng.normal(0, 2, len(speed))
        raw[0] = np.nan
        return speed, raw

    @cached_property
    def eye(self) -> pd.DataFrame:
        """Eye tracking before blinks are masked."""
        times = np.arange(self.timestamps[0], self.timestamps[-1], 1 / 30)
        n, rng = len(times), self.rng
        table = pd.DataFrame({"timestamps": times})
        for part, size in (("cr", 4.0), ("eye", 60.0), ("pupil", 20.0)):
            for axis in "xy":
                table[f"{part}_center_{axis}"] = rng.normal(300, 2, n)
            table[f"{part}_width"] = rng.normal(size, size / 30, n)
            table[f"{part}_height"] = rng.normal(0.9 * size, size / 30, n)
            table[f"{part}_phi"] = rng.normal(0, 0.1, n)
            table[f"{part}_area_raw"] = np.pi * table[f"{part}_width"] * table[f"{part}_height"]
        lost = rng.random(n) < 0.01
        table.loc[lost, [c for c in table if c.startswith(("eye_", "pupil_"))]] = np.nan
        table.loc[n // 2, "pupil_area_raw"] *= 4
        return table

    @cached_property
    def ophys_timestamps(self) -> np.ndarray:
        offset = max(self.plan.plane_group, 0) / (self.plan.ophys_rate * 4)
        return np.arange(8.7 + offset, self.timestamps[-1], 1 / self.plan.ophys_rate)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The cell table without masks; the invalid ROIs lie among the others."""
        n, (height, width) = self.plan.n_cells + self.plan.n_invalid, self.plan.field_of_view
        specimens = 1_086_500_000 + 17 * np.arange(n)
        specimens[n - self.plan.n_unmatched :] = -1
        border = {
            f"max_correction_{side}": np.full(n, 3.5) for side in ("down", "left", "right", "up")
        }
        valid = np.ones(n, bool)
        valid[1 : 1 + self.plan.n_invalid] = False
        return pd.DataFrame(
            {
                "cell_specimen_id": specimens,
                "height": 6,
                "width": 5,
                "mask_image_plane": 0,
                **border,
                "valid_roi": valid,
                "x": self.rng.integers(0, width - 5, n),
                "y": self.rng.integers(0, height - 6, n),
            },
            index=1_080_700_000 + np.arange(n)[::-1],
        )

    def masks(self) -> np.ndarray:
        """(n, height, width) bool: an ellipse in each cell's box."""
        y, x = np.mgrid[: self.plan.field_of_view[0], : self.plan.field_of_view[1]]
        boxes = self.cells[["x", "y"]].to_numpy()
        inside = [((x - a - 2) / 2.5) ** 2 + ((y - b - 2.5) / 3) ** 2 <= 1 for a, b in boxes]
        return np.array(inside)

    @cached_property
    def traces(self) -> dict[str, np.ndarray]:
        """(n_frames, n) each."""
        shape = len(self.ophys_timestamps), len(self.cells)
        events = self.rng.exponential(0.3, shape) * (self.rng.random(shape) < 0.02)
        neuropil = 200 + self.rng.normal(0, 3, shape)
        corrected = 500 + 100 * events + self.rng.normal(0, 5, shape)
        return {
            "dff": corrected / 500 - 1,
            "corrected_fluorescence": corrected,
            "demixed_trace": corrected + 0.7 * neuropil,
            "neuropil_trace": neuropil,
            "events": events,
        }
