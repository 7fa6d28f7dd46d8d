"""Evidence that a goal may be easy, from the cycles before it."""

from datetime import timedelta

import pandas as pd

from pipelines.lookup import among, looked_up
from pipelines.metrics.evidence import Ground, finding
from pipelines.metrics.progress import start_and_target
from pipelines.metrics.results import cycles_of
from pipelines.texts import normalised


def below_last_result(ground: Ground) -> pd.DataFrame:
    """Objectives with a key result whose target asks no more than the same one gave in the cycle before.

    The same normalised title, unit and team, a number or a currency, in the previous cycle of the kind. Rising:
    target ≤ its last value; falling: target ≥. Start and target are the key result's, or the last ones stated by a
    check-in. found: the target; against: that last value. A missing start, target or last value finds nothing.
    """
    rows = _with_last_value(ground)
    now = rows[among(rows["objective_id"], ground.objectives["objective_id"])]
    before = rows[["title_key", "unit_key", "team_id", "cycle", "last_value"]].rename(columns={"cycle": "before"})
    both = now.drop(columns="last_value").merge(before, on=["title_key", "unit_key", "team_id", "before"])
    rising, falling = both["target"] > both["start"], both["target"] < both["start"]
    less = (rising & (both["target"] <= both["last_value"])) | (falling & (both["target"] >= both["last_value"]))
    found = both[less].drop_duplicates("key_result_id")
    return finding(found, "below_last_result", found=found["target"], against=found["last_value"])


def repeated(ground: Ground) -> pd.DataFrame:
    """Objectives whose team set the same normalised title in the two cycles of the kind before as well.

    found: 3, the number of cycles; against: the same.
    """
    rows = ground.counted.dropna(subset=["team_id"])
    rows = rows.assign(
        title_key=normalised(rows["title"]), before=looked_up(rows["cycle"], cycles_before(ground.history.cycle))
    )
    earlier = rows[["team_id", "title_key", "cycle", "before"]].drop_duplicates()
    twice = rows.merge(earlier, left_on=["team_id", "title_key", "before"], right_on=["team_id", "title_key", "cycle"])
    twice = twice.rename(columns={"before_y": "two_before"})
    keys = pd.MultiIndex.from_frame(twice[["team_id", "title_key", "two_before"]])
    known = pd.MultiIndex.from_frame(earlier[["team_id", "title_key", "cycle"]])
    found = twice[keys.isin(known) & among(twice["objective_id"], ground.objectives["objective_id"])]
    return finding(found.drop_duplicates("objective_id"), "repeated", found=3, against=3)


def _with_last_value(ground: Ground) -> pd.DataFrame:
    """The counted number and currency key results with their last value and what tells that two are the same."""
    rows = ground.measured(ground.counted.dropna(subset=["team_id"]))
    rows = rows[rows["measure"].isin(("number", "currency"))]
    valued = ground.check_ins.dropna(subset=["value"]).drop_duplicates("key_result_id", keep="last")
    last = looked_up(rows["key_result_id"], valued.set_index("key_result_id")["value"])
    known = rows.assign(as_of=pd.Series(pd.NaT, rows.index, dtype="datetime64[us]"))
    return rows.assign(
        **start_and_target(known, ground.check_ins),
        last_value=last if ground.as_of else last.fillna(rows["current"]),
        title_key=normalised(rows["title"]),
        unit_key=normalised(rows["unit"]).fillna(""),
        before=looked_up(rows["cycle"], cycles_before(ground.history.cycle)),
    )


def cycles_before(cycles: pd.DataFrame) -> "pd.Series[str]":
    """The label of the cycle of the same kind that ends the day before each one starts, by label, where there is one.

    In: `cycle`. Days tell, not labels: quarters with dates of their own (4-4-5 weeks) follow each other too.
    """
    known = cycles_of(cycles)
    ending = {(known[label].kind, known[label].ends_on): label for label in sorted(known, reverse=True)}
    eve = {label: (cycle.kind, cycle.starts_on - timedelta(days=1)) for label, cycle in known.items()}
    before = {label: ending[key] for label, key in eve.items() if key in ending}
    return pd.Series(before.values(), pd.Index(before, dtype="str"), dtype="str")
