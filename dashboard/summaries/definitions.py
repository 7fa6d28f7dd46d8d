"""Rows of the page Definitions."""

import pandas as pd

from dashboard.wording import Wording
from pipelines.metrics.catalogue import METRICS
from pipelines.policy import Policy
from pipelines.wording import mark

UNITS = {
    "count": mark("number"),
    "share": mark("share"),
    "score": mark("score, 0–1"),
    "difference": mark("difference of scores"),
    "probability": mark("probability"),
    "flag": mark("yes or no"),
    "text": mark("text"),
    "list": mark("list"),
}


def metric_rows(words: Wording, name: str) -> pd.DataFrame:
    """One row per figure of a metric, as the catalogue has it."""
    records = [
        {
            words.say("figure"): words.say(figure.label),
            words.say("meaning"): words.say(figure.meaning),
            words.say("formula"): figure.formula,
            words.say("unit"): words.say(UNITS[figure.unit]),
            words.say("of"): figure.denominator or "–",
            words.say("source"): figure.source,
            words.say("field"): figure.name,
        }
        for figure in METRICS[name].figures
    ]
    return pd.DataFrame(records)


def policy_rows(words: Wording, policy: Policy) -> pd.DataFrame:
    """One row per value of the policy: setting, value, source."""
    values = policy.values()
    return pd.DataFrame(
        {
            words.say("setting"): list(values),
            words.say("value"): [str(value) for value in values.values()],
            words.say("source"): [words.say(policy.sources[key]) for key in values],
        }
    )
