"""Words and rows of the page Year; no band word is said of an annual goal, which guides and does not bind."""

from typing import Any

import pandas as pd

from dashboard.visit import Visit
from dashboard.wording import LEVELS, NOTHING, amount, plain

EVEN = 0.005


def sentence(visit: Visit, year: str, goals: pd.DataFrame, chains: pd.DataFrame) -> str:
    """First of all: how many annual goals there are, how far they came, and how many stand below their plan."""
    words = visit.words
    told = words.say_plural(
        "{year} has {count} annual goal, {company} of the company; they stand at {mean} on average",
        "{year} has {count} annual goals, {company} of the company; they stand at {mean} on average",
        len(goals), year=year, company=int((goals["level"] == "company").sum()),
        mean=words.percent(goals["score"].mean()),
    )  # fmt: skip
    rates = chains["plan_rate"].dropna()
    if not len(rates):
        return told
    behind = int((rates < 1).sum())
    cut = words.say_plural(
        "{count} key result is cut into quarters or months", "{count} key results are cut into quarters or months",
        len(chains),
    )  # fmt: skip
    ends = words.say("none of them behind the plan to date")
    if behind:
        ends = words.say("{behind} of {known} behind the plan to date", behind=behind, known=len(rates))
    return words.say("{goals}. {cut}, {ends}.", goals=told, cut=cut, ends=ends)


def basis(visit: Visit, goals: pd.DataFrame) -> str:
    """How many annual goals have a figure, and how many have not."""
    scored = int(goals["score"].notna().sum())
    return visit.words.say("{scored} annual goals with a score or progress, {missing} without", scored=scored,
                           missing=len(goals) - scored)  # fmt: skip


def chain_title(visit: Visit, chain: "pd.Series[Any]") -> str:
    """What came against the plan to date, and what is left to do."""
    words, unit = visit.words, plain(chain["unit"])
    if pd.isna(chain["plan_rate"]):
        return words.say("{title}: no part that has ended has a number yet", title=plain(chain["title"]))
    return words.say(
        "{title}: {actual} of {planned} {unit} planned so far ({rate}); {done} of the year's {target} ({share})",
        title=plain(chain["title"]), actual=amount(chain["actual_to_date"]), planned=amount(chain["planned_to_date"]),
        unit=unit, rate=words.percent(chain["plan_rate"], high=1.0), share=words.percent(chain["year_rate"], high=1.0),
        done=amount(chain["done"]), target=amount(chain["planned"] - chain["difference"]),
    )  # fmt: skip


def reachable(visit: Visit, chain: "pd.Series[Any]") -> str:
    """Is the annual goal still reachable: what is needed in the rest of the year against what is planned for it."""
    say, rest = visit.words.say, chain["planned_rest"]
    needed = {"needed": amount(chain["needed"]), "rest": amount(rest)}
    if chain["year_rate"] >= 1:
        return say("The year's target is reached.")
    if not rest:
        return say("{needed} are still needed, and no part of the plan is left.", **needed)
    if chain["needed_rate"] <= 1:
        return say("{needed} are still needed; {rest} are planned for the rest of the year, which is enough.", **needed)
    return say("{needed} are still needed; {rest} are planned for the rest of the year, which is not enough.", **needed)


def whole(visit: Visit, chain: "pd.Series[Any]") -> str:
    """Whether the parts make up the whole, before and after changes; what is not cut yet."""
    say, target = visit.words.say, chain["planned"] - chain["difference"]
    values = {"planned": amount(chain["planned"]), "target": amount(target), "first": amount(chain["planned_set"]),
              "more": amount(abs(chain["difference"]))}  # fmt: skip
    if chain["cut"] < 1:
        told = say("The parts plan {planned} of {target}; they reach over {share} of the year's days.",
                   share=visit.words.percent(chain["cut"]), **values)  # fmt: skip
    elif not chain["difference"]:
        told = say("The parts add up to the whole: {target}.", **values)
    else:
        told = say("The parts plan {planned}, the whole {target}: a difference of {more}.", **values)
    return (
        told
        if chain["planned_set"] == chain["planned"]
        else told + say(" Before changes they planned {first}.", **values)
    )


def missing(visit: Visit, chain: "pd.Series[Any]") -> str:
    """Of how many parts the figures are made, how many still run, and how many that ended have no number."""
    return visit.words.say_plural(
        "{count} part: {running} not ended, {missing} ended without a number",
        "{count} parts: {running} not ended, {missing} ended without a number",
        int(chain["parts"]), missing=int(chain["missing"]), running=int(chain["running"]),
    )  # fmt: skip


def part_rows(visit: Visit, parts: pd.DataFrame) -> pd.DataFrame:
    """Each part as planned and as it came; what is cut once more stands indented below its part."""
    indent = parts["step"].map(lambda step: "　" * (step - 1))
    titles = [f"{space}{title}" for space, title in zip(indent, parts["title"], strict=True)]
    reached = [visit.words.percent(rate, high=1.0) for rate in parts["raw"]]
    return pd.DataFrame({
        "goal": [visit.goal(key, title) for key, title in zip(parts["objective_id"], titles, strict=True)],
        "cycle": parts["cycle"], "team": parts["team"], "first": parts["planned_set"].map(amount),
        "planned": parts["planned"].map(amount), "actual": parts["actual"].map(amount), "reached": reached,
        "unit": parts["unit"],
    })  # fmt: skip


def goal_rows(visit: Visit, goals: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    """Each annual goal with its progress, and the average completion of the goals below it quarter by quarter."""
    words, say = visit.words, visit.words.say
    table = pd.DataFrame({
        "goal": [visit.goal(key, title) for key, title in zip(goals["objective_id"], goals["title"], strict=True)],
        "team": goals["team"],
        "level": [say(LEVELS.get(level, LEVELS["unknown"])) for level in goals["level"].fillna("unknown")],
        "progress": [words.percent(score) for score in goals["score"]],
        "key_results": [
            say("{scored} of {count}", scored=scored, count=count)
            for scored, count in zip(goals["key_results_scored"], goals["key_results"], strict=True)
        ],
    })  # fmt: skip
    told = {
        (row["objective_id"], row["period"]): f"{words.percent(row['completion_rate'])} ({row['goals']})"
        for row in below.to_dict("records")
    }
    cells = {
        p: [told.get((key, p), NOTHING) for key in goals["objective_id"]] for p in sorted(below["period"].unique())
    }
    return table.assign(**cells)


def below_title(visit: Visit, goals: pd.DataFrame, below: pd.DataFrame) -> str:
    """How many annual goals have no goal of a quarter or month below them."""
    bare = int((~goals["objective_id"].isin(below["objective_id"])).sum())
    if not bare:
        return visit.words.say("Each annual goal has goals of quarters or months below it")
    return visit.words.say_plural(
        "{count} of {total} annual goals has no goal of a quarter or month below it",
        "{count} of {total} annual goals have no goal of a quarter or month below them", bare, total=len(goals),
    )  # fmt: skip
