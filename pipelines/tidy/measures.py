"""What a key result's sheet says without a date: start, target, current value and progress made to agree."""

import pandas as pd

from pipelines.tidy.body import Body

VALUES = ("start", "target", "current")
TOLERANCE = 0.01


def with_measures(body: Body, key_results: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """The key results with progress turned into values, and with unit and measure of what was written in percent."""
    filled = _as_fractions(_yes_or_no(key_results.copy()))
    percent = pd.Series(False, index=key_results.index)
    for name in VALUES:
        percent |= body.percent.get(prefix + name, percent).reindex(key_results.index)
    filled["unit"] = filled["unit"].mask(percent & filled["unit"].isna(), "%")
    filled["measure"] = filled["measure"].mask(percent & filled["measure"].isna(), "percent")
    return filled.drop(columns="progress")


def _yes_or_no(frame: pd.DataFrame) -> pd.DataFrame:
    """Milestones run from 0 to 1 where nothing else is said."""
    plain = frame["measure"].isin(["milestone", "yes_no"]) & frame["start"].isna() & frame["target"].isna()
    stated = plain & frame["current"].notna()
    return frame.assign(start=frame["start"].mask(stated, 0.0), target=frame["target"].mask(stated, 1.0))


def _as_fractions(frame: pd.DataFrame) -> pd.DataFrame:
    start, target, current, progress = (frame[name] for name in ("start", "target", "current", "progress"))
    # From zero, if that is what the stated progress amounts to or nothing contradicts it.
    from_zero = start.isna() & target.notna() & (target != 0)
    from_zero &= current.isna() | ((current / target - progress).abs() <= TOLERANCE)
    start = start.mask(from_zero & progress.notna(), 0.0)
    known = start.notna() & target.notna()
    alone = progress.notna() & ~known
    moved = start + progress * (target - start)
    return frame.assign(
        start=start.mask(alone, 0.0),
        target=target.mask(alone, 1.0),
        current=current.mask(known & current.isna(), moved).mask(alone, progress),
        measure=frame["measure"].mask(alone, "percent"),
        unit=frame["unit"].mask(alone),
    )
