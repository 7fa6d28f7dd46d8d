"""One cycle's key results of the sample company."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.demo.company import Company
from pipelines.demo.stories import PlantedGoal, planted_in, recorded_apart
from pipelines.demo.texts import KEY_RESULTS_PER_THEME, library
from pipelines.demo.timeline import is_open

Numbers = npt.NDArray[np.float64]
WEIGHTS = {
    2: ((0.6, 0.4), (0.5, 0.5), (0.7, 0.3)),
    3: ((0.4, 0.3, 0.3), (0.5, 0.3, 0.2), (0.3, 0.4, 0.3)),
    4: ((0.3, 0.3, 0.2, 0.2), (0.25, 0.25, 0.25, 0.25), (0.4, 0.2, 0.2, 0.2)),
}
USUAL_COUNT = 3
SPREAD = 0.12
PLANTED_TEXTS = ("kr_title", "kr_unit", "kr_measure")
PLANTED_NUMBERS = ("kr_start", "kr_target", "value", "kr_weight", "planted_score", "kr_base", "kr_stretch")
UNRECORDED = 0.04
SILENT = 0.015


def key_results_of(
    objectives: pd.DataFrame, cycle: Cycle, company: Company, random: np.random.Generator
) -> pd.DataFrame:
    """One row per key result: text, numbers, the value it ends with, recorded scores and how it gets there."""
    planted = planted_in(cycle, company)
    counts = _counts(objectives, planted, random)
    frame = objectives.loc[objectives.index.repeat(counts)].reset_index(names="objective")
    place = frame.groupby("objective").cumcount()
    frame["key_result_id"] = frame["objective_id"] + "-KR" + (place + 1).astype(str)
    frame["kr_weight"] = _weights(counts, random)
    texts = library().key_results.iloc[frame["combination"] * KEY_RESULTS_PER_THEME + place]
    for name in texts.columns:
        frame["kr_" + name] = texts[name].to_numpy()
    ended = _with_end(_with_numbers(frame, random), random)
    told = _with_planted(ended, planted)
    apart = told["objective_id"].map(recorded_apart(company)).astype("float64").fillna(0)
    return _recorded(told.assign(apart=apart), objectives, cycle, random)


def _counts(
    objectives: pd.DataFrame, planted: dict[str, PlantedGoal], random: np.random.Generator
) -> npt.NDArray[np.int64]:
    loose = random.choice([2, 3, 3, 4], len(objectives))
    usual = np.where(objectives["own"] | objectives["early"], USUAL_COUNT, loose)
    told = {key: len(goal.key_results) for key, goal in planted.items()}
    pairs = zip(objectives["objective_id"], usual, strict=True)
    return np.array([told.get(key, count) for key, count in pairs], dtype=np.int64)


def _weights(counts: npt.NDArray[np.int64], random: np.random.Generator) -> Numbers:
    choice = random.integers(0, 3, len(counts))
    table = np.zeros((5, 3, 4))
    for count, choices in WEIGHTS.items():
        table[count, :, :count] = choices
    rows = table[counts, choice]
    return np.asarray(rows[np.arange(4) < counts[:, None]], dtype=np.float64)


def _with_numbers(frame: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    start, target = frame["kr_start"].to_numpy(dtype=float), frame["kr_target"].to_numpy(dtype=float)
    percent = (frame["kr_measure"] == "percent").to_numpy()
    factor = np.where(percent, 1.0, random.choice([0.9, 1.0, 1.1, 1.2, 1.5], len(frame)))
    digits = np.where(np.abs(target - start) >= 80, 0, 1)
    milestone = (frame["kr_measure"] == "milestone").to_numpy()
    return frame.assign(
        kr_start=np.where(milestone, np.nan, _rounded(start * factor, digits)),
        kr_target=np.where(milestone, np.nan, _rounded(target * factor, digits)),
        digits=digits,
    )


def _with_end(frame: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    aim = frame["aim"].to_numpy()
    noise = random.normal(0, 0.06, len(frame))
    centred = noise - (pd.Series(noise * frame["kr_weight"]).groupby(frame["objective"]).transform("sum")).to_numpy()
    room = np.minimum(np.minimum(aim, 1 - aim), SPREAD)
    widest = pd.Series(np.abs(centred)).groupby(frame["objective"]).transform("max").to_numpy()
    narrow = np.where(frame["level"].eq("company") | (np.abs(aim - 0.678) < 0.012), 0.1, 1.0)
    progress = aim + centred * np.minimum(1, room / np.maximum(widest, 1e-9)) * narrow
    beyond = (aim == 1) & (random.random(len(frame)) < 0.2)
    span = frame["kr_target"] - frame["kr_start"]
    value = _rounded((frame["kr_start"] + (progress + 0.06 * beyond) * span).to_numpy(), frame["digits"].to_numpy())
    measured = (value - frame["kr_start"]) / span
    return frame.assign(value=value, progress=measured.where(span.notna(), np.round(progress, 2)))


def _with_planted(frame: pd.DataFrame, planted: dict[str, PlantedGoal]) -> pd.DataFrame:
    frame[["planted_score", "kr_base", "kr_stretch"]] = np.nan
    for key, goal in planted.items():
        rows = frame.index[frame["objective_id"] == key]
        for row, told in zip(rows, goal.key_results, strict=True):
            frame.loc[row, list(PLANTED_TEXTS)] = [told.title, told.unit, "percent" if told.unit == "%" else "number"]
            numbers = [told.start, told.target, told.value, told.weight, told.score, told.base, told.stretch]
            frame.loc[row, list(PLANTED_NUMBERS)] = numbers
            frame.loc[row, "progress"] = (told.value - told.start) / (told.target - told.start)
            frame.loc[row, "digits"] = 0
    return frame


def _recorded(frame: pd.DataFrame, objectives: pd.DataFrame, cycle: Cycle, random: np.random.Generator) -> pd.DataFrame:
    ordinary = ~objectives["own"] & ~objectives["early"] & (objectives["aim"] < 0.85)
    fate = np.where(ordinary, random.random(len(objectives)), 1.0)[frame["objective"]]
    score = np.clip(np.round(frame["progress"] + 1e-9, 2) + frame["apart"], 0, 1).round(2)
    silent = (fate < SILENT) | frame["status"].isin(["draft", "cancelled"]).to_numpy()
    shown = ~silent & (fate >= UNRECORDED) & (not is_open(cycle))
    score = frame["planted_score"].fillna(score).where(shown)
    kindness = random.choice([0, 0, 0, 0.05], len(frame))
    return frame.assign(score=score, score_self=np.minimum(score + kindness, 1).round(2), silent=silent)


def _rounded(values: Numbers, digits: npt.NDArray[np.int64]) -> Numbers:
    return np.where(digits == 0, np.round(values), np.round(values, 1))
