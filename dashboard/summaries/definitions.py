"""Words and rows of the page Definitions."""

import pandas as pd

from dashboard.wording import NOTHING, Wording, plain
from pipelines.metrics.catalogue import METRICS, Figure
from pipelines.policy import Policy, changed
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
    """One row per value: setting, value, the preset's value where it differs, source (perhaps the user's own text)."""
    preset = changed(policy)
    values = policy.values()
    return pd.DataFrame(
        {
            words.say("Setting"): [plain(key) for key in values],
            words.say("Value"): [plain(str(value)) for value in values.values()],
            words.say("In the preset"): [plain(str(preset[key])) if key in preset else NOTHING for key in values],
            words.say("Source"): [plain(words.say(policy.sources[key])) for key in values],
        }
    )


def differing(words: Wording, policy: Policy) -> str:
    """Which values differ from the preset's, in one sentence."""
    preset, values = changed(policy), policy.values()
    if not preset:
        return words.say("No value differs from the preset {name}.", name=policy.name)
    told = [words.say("{key} = {value} (preset: {preset})", key=plain(key), value=plain(str(values[key])),
                      preset=plain(str(value))) for key, value in preset.items()]  # fmt: skip
    return words.say_plural(
        "{count} value differs from the preset {name}: {values}",
        "{count} values differ from the preset {name}: {values}",
        len(told), name=policy.name, values=words.say("; ").join(told),
    )  # fmt: skip


def _told(words: Wording, figure: Figure) -> str:
    parts = [words.say(UNITS[figure.unit]), figure.source]
    if figure.denominator:
        parts.insert(1, words.say("of `{denominator}`", denominator=figure.denominator))
    formula = f" `{figure.formula}`" if figure.formula else ""
    meaning = words.say(figure.meaning)
    return f"- **{words.say(figure.label)}** `{figure.name}`: {meaning}{formula} · {' · '.join(parts)}"
