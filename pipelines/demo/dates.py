"""When the sample company's goals were set, agreed, aligned and reviewed."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.cycles import Cycle
from pipelines.demo.company import Company
from pipelines.demo.stories import planted_in
from pipelines.demo.timeline import TODAY

Days = npt.NDArray[np.datetime64]
NEVER = np.datetime64("NaT", "D")
REVIEWED = "reviewed_on"


def dated(frame: pd.DataFrame, cycle: Cycle, company: Company, random: np.random.Generator) -> pd.DataFrame:
    """The objectives with created_on, agreed_on, aligned_on and reviewed_on; what lies ahead is missing."""
    first, last = np.datetime64(cycle.starts_on), np.datetime64(cycle.ends_on)
    planted = frame["objective_id"].isin(list(planted_in(cycle, company))).to_numpy()
    late = (random.random(len(frame)) < 0.2) & ~planted
    created = first + np.where(late, random.integers(8, 20, len(frame)), random.integers(-9, 6, len(frame)))
    agreed = created + random.integers(1, 8, len(frame))
    aligned = agreed + random.integers(0, 5, len(frame))
    overdue = (random.random(len(frame)) < 0.15) & ~planted
    reviewed = last + np.where(overdue, random.integers(8, 16, len(frame)), random.integers(-2, 7, len(frame)))
    return frame.assign(
        created_on=_known(created, planted, 0.02, random),
        agreed_on=_known(agreed, planted, 0.1, random),
        aligned_on=_known(aligned, planted, 0.12, random),
        reviewed_on=_known(reviewed, planted, 0.1, random),
    )


def _known(days: Days, sure: npt.NDArray[np.bool_], missing: float, random: np.random.Generator) -> Days:
    unknown = (random.random(len(days)) < missing) & ~sure
    return np.where(unknown | (days > np.datetime64(TODAY)), NEVER, days)
