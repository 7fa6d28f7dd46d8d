"""Words and rows for the health of the data: what is loaded, and what is wrong with it."""

from typing import Any

import pandas as pd

from dashboard.wording import Wording
from pipelines.wording import mark

KINDS = {"set_aside": mark("Set aside"), "waiting": mark("Waiting"), "doubtful": mark("Doubtful")}
SCALES = ("weights_sum", "scale_unclear", "scale_unclear_blank", "off_scale", "start_is_target")
"""The rules that doubt a weight or a scale."""
EVERYTHING, OF_SCALES = mark("All"), mark("Weights and scales")
PLACES = ("kind", "file", "sheet", "cell", "value", "message")


def topics(words: Wording) -> dict[str, str]:
    """What the list of problems can be narrowed to: label and name."""
    return {words.say(label): name for name, label in {"": EVERYTHING, **KINDS, "scales": OF_SCALES}.items()}


def of_topic(problems: pd.DataFrame, topic: str) -> pd.DataFrame:
    """The problems of one kind, or those about weights and scales."""
    if not topic:
        return problems
    return problems[problems["rule"].isin(SCALES) if topic == "scales" else problems["kind"] == topic]


def problem_rows(words: Wording, problems: pd.DataFrame | list[dict[str, Any]]) -> pd.DataFrame:
    """One row per problem: PLACES, the message in the reader's language, a row where no cell is named."""
    rows = pd.DataFrame(problems)
    if rows.empty:
        return pd.DataFrame(columns=list(PLACES))
    lines = [words.say("row {row}", row=str(int(row))) if pd.notna(row) else None for row in rows["row"]]
    told = rows.assign(
        kind=[words.say(KINDS[kind]) for kind in rows["kind"]],
        cell=rows["cell"].where(rows["cell"].notna(), pd.Series(lines, index=rows.index, dtype="object")),
        message=rows[_message(words)],
    )
    return told[list(PLACES)]


def rule_rows(words: Wording, problems: pd.DataFrame) -> pd.DataFrame:
    """One row per rule that found something, the most frequent first: count, kind, rule, message of one case."""
    found = problems.assign(message=problems[_message(words)], kind=problems["kind"].map(_kinds(words)))
    groups = found.groupby(["kind", "rule"], sort=False)["message"]
    rows = groups.agg(count="size", message="first").reset_index()
    return rows.sort_values("count", ascending=False, kind="stable", ignore_index=True)


def load_rows(words: Wording, loads: pd.DataFrame) -> pd.DataFrame:
    """The loads with their time to the minute, and whether each counts."""
    counts = [
        words.say("yes") if pd.isna(batch) else words.say("replaced by {batch}", batch=int(batch))
        for batch in loads["replaced_by"]
    ]
    return loads.assign(loaded_at=loads["loaded_at"].str.slice(0, 16).str.replace("T", " "), counts=counts)


def batch_names(words: Wording, loads: pd.DataFrame) -> dict[str, int]:
    """The batches to take back, the last first: a label with the first files, and the number."""
    labels = {}
    for batch, rows in loads.groupby("batch", sort=False):
        files = list(dict.fromkeys(rows["file"]))
        more = words.say("and {count} more", count=len(files) - 2) if len(files) > 2 else ""
        named = words.say(", ").join(files[:2])
        labels[f"{batch} · {' '.join(filter(None, (named, more)))}"] = int(str(batch))
    return labels


def figures(words: Wording, loads: pd.DataFrame, problems: pd.DataFrame) -> dict[str, int]:
    """The counts at the top, of what counts: files, rows, and problems by kind."""
    standing = loads[loads["replaced_by"].isna()]
    counts = {
        words.say("Files that count"): standing["file"].nunique(),
        words.say("Rows kept"): int(standing["kept"].sum()),
        words.say("Rows set aside"): int(standing["set_aside"].sum()),
    }
    waiting, doubtful = ((problems["kind"] == kind).sum() for kind in ("waiting", "doubtful"))
    return {**counts, words.say("Waiting for their parent"): int(waiting), words.say("Doubtful"): int(doubtful)}


def _kinds(words: Wording) -> dict[str, str]:
    return {kind: words.say(label) for kind, label in KINDS.items()}


def _message(words: Wording) -> str:
    return "message_zh" if words.language == "zh_CN" else "message"
