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
    """One row per figure of a metric: label, meaning, formula, unit, denominator, source, name."""
    records = [
        {
            "label": words.say(figure.label),
            "meaning": words.say(figure.meaning),
            "formula": figure.formula or "–",
            "unit": words.say(UNITS[figure.unit]),
            "denominator": figure.denominator or "–",
            "source": figure.source,
            "name": figure.name,
        }
        for figure in METRICS[name].figures
    ]
    return pd.DataFrame(records)


def policy_rows(words: Wording, policy: Policy) -> pd.DataFrame:
    """One row per value of the policy: setting, value, source."""
    values = policy.values()
    return pd.DataFrame(
        {
            "setting": list(values),
            "value": [str(value) for value in values.values()],
            "source": [words.say(policy.sources[key]) for key in values],
        }
    )
