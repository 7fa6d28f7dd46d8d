"""What is said of each key result, kept with the results, so that nobody has to read the check-in log again."""

from datetime import date

import pandas as pd

from pipelines.lookup import among, looked_up
from pipelines.metrics.attention import followed, judged, with_said
from pipelines.metrics.evidence import within_cycle
from pipelines.metrics.progress import in_order, start_and_target
from pipelines.policy import Policy
from pipelines.schema import FOLLOW_UP, conform

SAID = ["checked_on", "weeks_checked", "confidence", "said_done"]


def follow_up(results: pd.DataFrame, key_results: pd.DataFrame, check_ins: pd.DataFrame) -> pd.DataFrame:
    """The table `follow_up`: everything said of each counted key result of a counted objective.

    In: `objective_result`, `key_result`, `check_in`. Each key result speaks for itself: computed cycle by cycle and put
    together it is the same. Source: S0, S1.
    """
    rows = followed(results, key_results)
    said = in_order(check_ins[among(check_ins["key_result_id"], rows["key_result_id"])])
    stated = key_results.set_index("key_result_id")
    own = rows.assign(**{name: looked_up(rows["key_result_id"], stated[name]) for name in ("start", "target")})
    ever = pd.Series(pd.NaT, rows.index, dtype="datetime64[us]")
    values = said.dropna(subset=["value"]).drop_duplicates("key_result_id", keep="last").set_index("key_result_id")
    sure = within_cycle(said.dropna(subset=["confidence"]).merge(rows.drop(columns="status"), on="key_result_id"))
    first = sure.drop_duplicates("key_result_id").set_index("key_result_id")
    rows = with_said(rows, said).assign(
        **start_and_target(own.assign(as_of=ever), said),
        value=looked_up(rows["key_result_id"], values["value"]),
        first_confidence=looked_up(rows["key_result_id"], first["confidence"]),
        first_confidence_on=looked_up(rows["key_result_id"], first["checked_on"]),
    )
    return conform(rows, FOLLOW_UP.columns)


def attention_of(
    results: pd.DataFrame, kept: pd.DataFrame, later: pd.DataFrame, *, policy: Policy, today: date
) -> pd.DataFrame:
    """As `attention` on the day, with everything known, from `follow_up`.

    In: `objective_result`; `follow_up`; the check-ins of those key results that are `told_later`, or of more.
    """
    day = pd.Timestamp(today)
    rows = followed(results, kept)
    about = kept.set_index("key_result_id")
    rows = rows.assign(**{name: looked_up(rows["key_result_id"], about[name]) for name in SAID})
    rows = rows.astype({"weeks_checked": "float64"})
    late = rows["checked_on"] > day
    if late.any():
        by_day = later[later["checked_on"] <= day]
        again = with_said(rows[late], by_day).assign(confidence=rows["confidence"])
        rows = pd.concat([rows[~late], again]).sort_index()
    return judged(rows, policy=policy, day=day, dated=False)


def told_later(kept: pd.DataFrame, today: date) -> list[str]:
    """The key results of which check-ins are dated after the day: what is kept of them speaks of a later one."""
    return list(kept.loc[kept["checked_on"] > pd.Timestamp(today), "key_result_id"])
