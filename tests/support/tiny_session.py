"""Simulates a few minutes of a session as tables and arrays, from which test files are written."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from tests.support.tiny_task import (
    DISPLAY_DELAY,
    FIRST_TIME,
    FLASH,
    FRAME_RATE,
    NULL,
    OUTCOMES,
    STEP,
    Plan,
    Task,
)


class TinySession:
    """The tables and arrays of a session, as they are stored in a file of 2023."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        task = Task(plan, self.random("play"))
        self.first_frame, self.log = task.first_frame, task.log
        last_flash = task.frame(self.log.n_flashes) + STEP
        self.movie_frame = last_flash + 180
        n_frames = self.movie_frame + 60 if plan.imaging else last_flash + 60
        self.timestamps = FIRST_TIME + np.arange(n_frames) / FRAME_RATE

    def random(self, part: str) -> np.random.Generator:
        """The generator for one part of the session, independent of other parts."""
        return np.random.default_rng([self.plan.seed, *part.encode()])

    @cached_property
    def trials(self) -> pd.DataFrame:
        """The stored columns, except lick_times, which are in :attr:`lick_times`."""
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
        shown, image, rng = [], names[0], self.random("omissions")
        for flash in range(self.log.n_flashes):
            image = changes.get(flash, image)
            free = self.plan.imaging and flash not in protected and flash > 2
            shown.append("omitted" if free and rng.random() < 0.05 else image)
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
        """Add times, and fill every integer column."""
        frames = table[["start_frame", "end_frame"]].to_numpy(int)
        start, stop = (self.timestamps_at(frames[:, i]) + DISPLAY_DELAY for i in (0, 1))
        table = table.assign(start_time=start, stop_time=stop, duration=stop - start)
        for name in ("image_index", "movie_frame_index", "movie_repeat", "trials_id"):
            column = table.get(name, pd.Series(np.nan, table.index))
            table[name] = column.fillna(NULL).astype(int)
        table["flashes_since_change"] = NULL  # stored, but readers always compute it
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
        raw = speed + self.random("running").normal(0, 2, len(speed))
        raw[0] = np.nan
        return speed, raw

    @cached_property
    def eye(self) -> pd.DataFrame:
        """Eye tracking before blinks are masked."""
        times = np.arange(self.timestamps[0], self.timestamps[-1], 1 / 30)
        n, rng = len(times), self.random("eye")
        table = pd.DataFrame({"timestamps": times})
        for part, size in (("cr", 4.0), ("eye", 60.0), ("pupil", 20.0)):
            for axis in "xy":
                table[f"{part}_center_{axis}"] = rng.normal(300, 2, n)
            table[f"{part}_width"] = rng.normal(size, size / 30, n)
            table[f"{part}_height"] = rng.normal(0.9 * size, size / 30, n)
            table[f"{part}_phi"] = rng.normal(0, 0.1, n)
            table[f"{part}_area_raw"] = np.pi * table[f"{part}_width"] * table[f"{part}_height"]
        lost = rng.random(n) < 0.01
        hidden = table.columns[table.columns.str.startswith(("eye_", "pupil_"))]
        table.loc[lost, hidden] = np.nan
        table.loc[table.index == n // 2, "pupil_area_raw"] *= 4
        return table

    @cached_property
    def ophys_timestamps(self) -> np.ndarray:
        offset = max(self.plan.plane_group, 0) / (self.plan.ophys_rate * 4)
        return np.arange(8.7 + offset, self.timestamps[-1], 1 / self.plan.ophys_rate)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The cell table without masks; the invalid ROIs are between the others."""
        n, (height, width) = self.plan.n_cells + self.plan.n_invalid, self.plan.field_of_view
        rng = self.random("cells")
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
                "x": rng.integers(0, width - 5, n),
                "y": rng.integers(0, height - 6, n),
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
        shape, rng = (len(self.ophys_timestamps), len(self.cells)), self.random("traces")
        events = rng.exponential(0.3, shape) * (rng.random(shape) < 0.02)
        neuropil = 200 + rng.normal(0, 3, shape)
        corrected = 500 + 100 * events + rng.normal(0, 5, shape)
        return {
            "dff": corrected / 500 - 1,
            "corrected_fluorescence": corrected,
            "demixed_trace": corrected + 0.7 * neuropil,
            "neuropil_trace": neuropil,
            "events": events,
        }

    @cached_property
    def motion(self) -> pd.DataFrame:
        """Shift of each imaging frame in pixels."""
        n_frames = len(self.ophys_timestamps)
        return pd.DataFrame(
            self.random("motion").integers(-3, 4, (n_frames, 2)), columns=["x", "y"]
        )

    @cached_property
    def projections(self) -> dict[str, np.ndarray]:
        rng, shape = self.random("projections"), self.plan.field_of_view
        names = ("max_projection", "average_image")
        return {name: rng.integers(0, 256, shape, dtype=np.uint8) for name in names}

    @cached_property
    def templates(self) -> dict[str, np.ndarray]:
        """Pictures (n, height, width) as on the screen and as the mouse saw them."""
        shape = len(self.plan.image_names), *self.plan.picture
        warped = self.random("templates").integers(0, 256, shape, dtype=np.uint8)
        unwarped = warped.astype(np.float32 if self.plan.gratings else np.float64)
        unwarped[:, :2] = np.nan
        return {"warped": warped, "unwarped": unwarped}
