"""Words and rows of the page Definitions."""

import pandas as pd

from dashboard.wording import Wording, plain
from pipelines.metrics.catalogue import METRICS, Figure
from pipelines.policy import AWAITED, Policy
from pipelines.wording import mark

SOURCES = mark(
    "Sources: S0 MAS, a variant of OKR; S1 OKR implementation guide and work regulation; S2 Chongqing Unicom's OKR "
    "programme; S3 annual goal setting and decomposition; S4 OKR as a way of working."
)
READING = (
    mark("A change is the difference of exact values, rounded once: it may differ by a point from the printed ones."),
    mark("A share is printed with decimals only where without them it would seem to reach or pass a bound."),
    mark("A goal moved forward in a week if its score was higher than in the week before."),
)
UNITS = {
    "count": mark("number"),
    "share": mark("share"),
    "score": mark("score, 0–1"),
    "difference": mark("difference of scores"),
    "probability": mark("probability"),
    "flag": mark("yes or no"),
    "text": mark("text"),
    "list": mark("list"),
    "value": mark("value"),
}


def figures(words: Wording, name: str) -> str:
    """A metric's figures and terms as a Markdown list: label, field, meaning, formula, unit and source of each."""
    return "\n".join(_told(words, figure) for figure in (*METRICS[name].figures, *METRICS[name].terms))


def policy_rows(words: Wording, policy: Policy) -> pd.DataFrame:
    """One row per value that figures use: setting, value, source; a source may be the user's own text."""
    values = {key: value for key, value in policy.values().items() if not key.startswith(AWAITED)}
    return pd.DataFrame(
        {
            words.say("Setting"): [plain(key) for key in values],
            words.say("Value"): [plain(str(value)) for value in values.values()],
            words.say("Source"): [plain(words.say(policy.sources[key])) for key in values],
        }
    )


def awaited(words: Wording, policy: Policy) -> str:
    """The settings that no figure of this version uses yet, in one sentence."""
    settings = ", ".join(f"{key} = {value}" for key, value in policy.values().items() if key.startswith(AWAITED))
    return words.say("Set, but not used by any figure of this version: {settings}", settings=plain(settings))


def _told(words: Wording, figure: Figure) -> str:
    parts = [words.say(UNITS[figure.unit]), figure.source]
    if figure.denominator:
        parts.insert(1, words.say("of `{denominator}`", denominator=figure.denominator))
    formula = f" `{figure.formula}`" if figure.formula else ""
    meaning = words.say(figure.meaning)
    return f"- **{words.say(figure.label)}** `{figure.name}`: {meaning}{formula} · {' · '.join(parts)}"
