"""One cycle's weekly check-ins of the sample company."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.demo.company import Company
from pipelines.demo.stories import planted_in
from pipelines.demo.timeline import CHECK_INS, TODAY

Numbers = npt.NDArray[np.float64]
EARLY_AT = 0.45
OWN_FORGOTTEN = 0.6
STATED_CONFIDENCE = 0.7
NOTED = 0.08
FALL, EXPLAINED = 0.2, 0.6
NOTES = (
    "On track.", "Waiting for the supplier.", "Two people away this week.", "Customer asked for a change.",
    "Better than planned.", "Numbers not final yet.", "Decision needed next week.", "Caught up after the holiday.",
)  # fmt: skip
NOTES_ZH = (
    "按计划推进", "等待总部批复", "本周人手不足", "客户需求有变",
    "进展好于预期", "数据待核实", "需协调资源", "已补上进度",
)  # fmt: skip

REASONS = (
    "The supplier is four weeks late.", "A key customer has put the order on hold.",
    "Two people were moved to another goal.", "The first trial failed; starting again.",
)  # fmt: skip
REASONS_ZH = ("供应商延期四周", "重点客户暂停下单", "骨干被抽调", "首轮测试未通过，需返工")


def check_ins_of(
    key_results: pd.DataFrame, cycle: Cycle, company: Company, random: np.random.Generator
) -> pd.DataFrame:
    """One row per check-in up to today: date, value or stated progress, confidence, note and author."""
    told = key_results[~key_results["silent"]].reset_index(drop=True)
    count, step = CHECK_INS[cycle.kind]
    progress = _path(told, count, random)
    days = np.datetime64(cycle.starts_on) + step * np.arange(count) + (told["team"].to_numpy() % 4)[:, None]
    usual = company.of_each(told["team"], lambda team: team.forgotten).astype(float)
    own = np.where(told["own"], OWN_FORGOTTEN * usual, usual)
    planted = told["objective_id"].isin(list(planted_in(cycle, company)))
    held = _held(days, np.where(planted, 0, own), random)
    row, week = np.nonzero(held)
    frame = told.loc[row, ["key_result_id", "team", "owner"]].reset_index(drop=True)
    value, stated = _stated(told.iloc[row].reset_index(drop=True), progress[row, week], week == count - 1)
    frame = frame.assign(
        checked_on=days[row, week],
        value=value,
        progress=stated,
        confidence=_confidence(told, progress, random)[row, week],
    )
    return frame.assign(note=_notes(told, _fallen(frame), row, random))


def _path(told: pd.DataFrame, count: int, random: np.random.Generator) -> Numbers:
    passed = np.arange(1, count + 1) / count
    pace = random.uniform(0.85, 1.4, len(told))[:, None]
    early = told["early"].to_numpy()[:, None]
    share = np.where(early, np.minimum(1, passed / EARLY_AT), passed**pace)
    end = told["progress"].to_numpy()[:, None]
    wobble = random.normal(0, 0.02, (len(told), count))
    path = np.minimum(np.maximum.accumulate(np.clip(end * share + wobble, 0, None), axis=1), end)
    path[:, -1] = end[:, 0]
    return np.asarray(np.where(early & (share == 1), end, path), dtype=np.float64)


def _held(days: npt.NDArray[np.datetime64], forgotten: Numbers, random: np.random.Generator) -> npt.NDArray[np.bool_]:
    kept = random.random(days.shape) >= forgotten[:, None]
    kept[:, -1] = True
    return np.asarray(kept & (days <= np.datetime64(TODAY)), dtype=np.bool_)


def _stated(told: pd.DataFrame, progress: Numbers, last: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    measured = told["kr_target"].notna()
    value = told["kr_start"] + progress * (told["kr_target"] - told["kr_start"])
    rounded = np.where(told["digits"] == 0, np.round(value), np.round(value, 1))
    ended = np.where(last & measured, told["value"], rounded)
    return ended, np.where(measured, np.nan, np.round(np.minimum(progress, 1), 2))


def _confidence(told: pd.DataFrame, progress: Numbers, random: np.random.Generator) -> Numbers:
    end = np.clip(told["progress"].to_numpy(), 0, 1)[:, None]
    known = np.linspace(0.2, 1, progress.shape[1])
    usual = 0.65 + (0.25 + 0.5 * end - 0.65) * known + random.normal(0, 0.06, progress.shape)
    sure = told["early"].to_numpy()[:, None]
    stated = np.where(sure, random.choice([0.9, 0.95, 1.0], progress.shape), np.clip(usual, 0.1, 0.85))
    silent = random.random(progress.shape) > STATED_CONFIDENCE
    return np.where(silent, np.nan, np.round(stated * 20) / 20)


def _fallen(told: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Where the stated confidence lies well below the one stated before."""
    stated = told["confidence"].dropna()
    fall = stated.groupby(told["key_result_id"]).shift() - stated
    return fall.reindex(told.index).ge(FALL - 1e-9).to_numpy(dtype=np.bool_)


def _notes(
    told: pd.DataFrame, fallen: npt.NDArray[np.bool_], row: npt.NDArray[np.int64], random: np.random.Generator
) -> npt.NDArray[np.object_]:
    chinese = (told["team_wording"] == "branch_zh").to_numpy()[row]
    chosen, chance = random.integers(0, len(NOTES), len(row)), random.random(len(row))
    usual = np.where(chinese, _dealt(NOTES_ZH, chosen), _dealt(NOTES, chosen))
    reason = np.where(chinese, _dealt(REASONS_ZH, chosen), _dealt(REASONS, chosen))
    noted = np.where(fallen & (chance < EXPLAINED), reason, np.where(~fallen & (chance < NOTED), usual, ""))
    return noted.astype(object)


def _dealt(texts: tuple[str, ...], chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    return np.array(texts, dtype=object)[chosen % len(texts)]
