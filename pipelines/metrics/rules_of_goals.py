"""Rules about an objective: how many key results, how long a title, agreed or not."""

import pandas as pd

from pipelines.lookup import looked_up
from pipelines.metrics.breaches import Checked, breach, joined
from pipelines.wording import mark

CONSENSUS = mark("S1: a goal without consensus is no goal (没有达成共识的目标不能算作目标)")
CHINESE = "[\u3400-\u9fff]"


def key_results_per_objective(about: Checked) -> pd.DataFrame:
    """Objectives with more (fewer) counted key results than the policy's most (fewest).

    found: their number; an objective without any has 0. Source: S0, S1 or S4, by policy.
    """
    limits, sources = about.policy.rules, about.policy.sources
    number = about.per_objective(about.key_results["key_result_id"].notna())
    sides = {
        "most_key_results": (number > limits.most_key_results, f"≤ {limits.most_key_results}"),
        "fewest_key_results": (number < limits.fewest_key_results, f"≥ {limits.fewest_key_results}"),
    }
    found = [
        breach(about.results[beyond], "key_results_per_objective", subject="objective_id", found=number[beyond],
               expected=expected, source=sources[f"rules.{setting}"])
        for setting, (beyond, expected) in sides.items()
    ]  # fmt: skip
    return joined(found)


def title_length(about: Checked) -> pd.DataFrame:
    """Objectives whose title is not longer than the policy's shortest; one with Chinese in it has its own limit.

    found: the characters of the title in NFKC with single spaces. Source: our choice, after S0.
    """
    plain = about.results["title"].str.normalize("NFKC").str.replace(r"\s+", " ", regex=True).str.strip()
    length, chinese = plain.str.len(), plain.str.contains(CHINESE, na=False)
    limits, sources = about.policy.rules, about.policy.sources
    sides = {
        "shortest_title": (~chinese, limits.shortest_title),
        "shortest_title_chinese": (chinese, limits.shortest_title_chinese),
    }
    found = []
    for setting, (side, limit) in sides.items():
        short = side & (length <= limit)
        rows, source = about.results[short], sources[f"rules.{setting}"]
        told = breach(rows, "title_length", subject="objective_id", found=length[short], expected=f"> {limit}",
                      source=source)  # fmt: skip
        found.append(told)
    return joined(found)


def agreed(about: Checked) -> pd.DataFrame:
    """Objectives without a day on which they were agreed, once they should be aligned.

    found: 0, expected: 1. Checked in cycles of which any objective states such a day, for elsewhere the files do not
    record agreement, and only after the policy's day for alignment. Source: S1.
    """
    rows, stated = about.results, about.history.objective.set_index("objective_id")["agreed_on"]
    days = looked_up(rows["objective_id"], stated)
    if about.as_of:
        days = days.where(days <= pd.Timestamp(about.as_of))
    recorded = rows["cycle"].isin(rows.loc[days.notna(), "cycle"].unique())
    rows = rows.assign(holds_from=rows["starts_on"] + pd.Timedelta(days=about.policy.rhythm.aligned_by_day))
    late = (rows["holds_from"] <= pd.Timestamp(about.day)) if about.day else pd.Series(data=True, index=rows.index)
    open_ = rows[recorded & late & days.isna()]
    none = pd.Series(0, open_.index)
    return breach(open_, "agreed", subject="objective_id", found=none, expected="1", source=CONSENSUS)
