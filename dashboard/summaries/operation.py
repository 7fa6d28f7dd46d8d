"""Words and rows of the page Operation; teams, never people."""

import pandas as pd

from dashboard import sentences
from dashboard.visit import Visit
from dashboard.wording import Count, plain
from pipelines.metrics.scores import DECIMALS
from pipelines.wording import mark

DUTIES = {
    "set": (mark("Set on time"), "set_on_time", "created_known", "objectives"),
    "aligned": (mark("Agreed on time"), "aligned_on_time", "aligned_known", "objectives"),
    "checked": (mark("Weeks with a check-in"), "check_in_compliance", "key_results", "key_results"),
    "reviewed": (mark("Reviewed on time"), "reviewed_on_time", "reviewed_known", "objectives"),
}
LATEST = {
    "set": mark("setting goals {teams} ({share})"),
    "aligned": mark("agreeing on them {teams} ({share})"),
    "checked": mark("checking in {teams} ({share})"),
    "reviewed": mark("reviewing them {teams} ({share})"),
}
CLAUSES = {
    "set": mark("{share} of the goals were set on time"),
    "aligned": mark("{share} agreed on time"),
    "checked": mark("{share} of the weeks have a check-in"),
    "reviewed": mark("{share} were reviewed on time"),
}


def duties_due(visit: Visit, quarter: str) -> list[str]:
    """What of the calendar can be told of the quarter: a review only once it has ended."""
    return [duty for duty in DUTIES if duty != "reviewed" or visit.ended(quarter)]


def headline(visit: Visit, whole: pd.DataFrame, quarter: str) -> str:
    """How OKR itself runs, in one sentence: of an ended quarter, or of a week of the running one."""
    words, row = visit.words, whole.iloc[0]
    told = [(duty, row[DUTIES[duty][1]]) for duty in duties_due(visit, quarter)]
    clauses = [words.say(CLAUSES[duty], share=words.percent(share)) for duty, share in told if pd.notna(share)]
    if not visit.ended(quarter) and row["key_results"]:
        stale = int(row["stale"])
        clauses.append(words.say_plural("{count} key result is silent", "{count} key results are silent", stale))
    if not clauses:
        return words.say("{quarter}: nobody noted when goals were set, agreed, updated or reviewed.", quarter=quarter)
    sentence = words.say("; ").join(clauses)
    week = {"week": visit.week(quarter), "weeks": visit.cycle(quarter).weeks}
    if visit.ended(quarter):
        return words.say("{quarter}: {sentence}.", quarter=quarter, sentence=sentence)
    return words.say("{quarter}, week {week} of {weeks}: {sentence}.", quarter=quarter, sentence=sentence, **week)


def basis(visit: Visit, whole: pd.DataFrame) -> str:
    """How many goals and key results stand behind, and of how many a day is not known."""
    row = whole.iloc[0]
    days = ("created", "aligned", "reviewed")
    unknown = {f"not_{name}": int(row["objectives"] - row[f"{name}_known"]) for name in days}
    return visit.words.say(
        "{objectives} objectives · {key_results} key results · day not known: set {not_created}, agreed {not_aligned}, "
        "reviewed {not_reviewed}",
        objectives=int(row["objectives"]), key_results=int(row["key_results"]), **unknown,
    )  # fmt: skip


def duty_rows(visit: Visit, by_team: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """One row per team and duty: team, duty, share, known, of."""
    parts = [
        pd.DataFrame(
            {"team": by_team["team"], "duty": duty, "share": by_team[share], "known": by_team[known], "of": by_team[of]}
        )
        for duty, (_, share, known, of) in DUTIES.items()
        if duty in duties_due(visit, quarter)
    ]
    return pd.concat(parts, ignore_index=True)


def duty_names(visit: Visit, quarter: str) -> dict[str, str]:
    """The duties' names in the reader's language."""
    return {duty: visit.words.say(DUTIES[duty][0]) for duty in duties_due(visit, quarter)}


def duties_title(visit: Visit, rows: pd.DataFrame) -> str:
    """Which teams are furthest behind the calendar in each duty, where at least the policy's smallest number is known.

    In a duty in which several teams all stand alike none is.
    """
    words, few = visit.words, visit.policy.challenge.smallest_team
    known = rows.assign(share=rows["share"].round(DECIMALS))[(rows["known"] >= few) & rows["share"].notna()]
    shares = known.groupby("duty")["share"]
    low, high, teams = (shares.transform(of) for of in ("min", "max", "size"))
    behind = (known["share"] == low) & (low < 1)
    last = known[behind & ((low < high) | (teams == 1))]
    clauses = [
        words.say(
            text, teams=sentences.teams(words, list(found["team"])), share=words.percent(found["share"].iloc[0], 1.0)
        )
        for duty, text in LATEST.items()
        if len(found := last[last["duty"] == duty])
    ]
    if clauses:
        return words.say("Furthest behind: {teams}", teams=words.say("; ").join(clauses))
    if behind.any():
        return words.say("All teams are equally far behind the calendar, as far as days are known")
    return words.say("No team is behind the calendar, as far as days are known")


def duties_note(visit: Visit) -> str:
    """What on time means, and how a cell reads."""
    limits = visit.policy.rhythm
    return visit.words.say(
        "In percent, each team with all below it. Set: by day {set} of the cycle; agreed or aligned: by day {aligned}; "
        "reviewed: within {reviewed} days of its end. Weeks with a check-in: weeks of each goal's own cycle, a short "
        "last one included, so that monthly goals stand differently in the calendar below. Under each share: of how "
        "many goals the day is known, of all (for check-ins: key results). What is not known counts neither way. The "
        "stronger the colour, the further behind.",
        set=limits.set_by_day, aligned=limits.aligned_by_day, reviewed=limits.reviewed_within_days,
    )  # fmt: skip


def calendar_title(visit: Visit, cells: pd.DataFrame) -> str:
    """The team whose key results were checked in on least over the weeks shown."""
    words = visit.words
    sums = cells.groupby("team", sort=False)[["checked", "key_results"]].sum()
    rates = sums["checked"] / sums["key_results"]
    if rates.min() == rates.max():
        return words.say("In a week {share} of the key results were checked in on", share=words.percent(rates.max()))
    return words.say(
        "In a week {least} checked in on {low} of its key results, {most} on {high}",
        least=plain(str(rates.idxmin())), low=words.percent(rates.min()), most=plain(str(rates.idxmax())),
        high=words.percent(rates.max()),
    )  # fmt: skip


def calendar_note(visit: Visit, quarter: str) -> str:
    """How the calendar reads, and that the last week is short or still runs."""
    words, span = visit.words, visit.cycle(quarter)
    told = words.say("Percent of the key results of the team and all below it with a check-in in the week.")
    running = words.say("Week {week} still runs.", week=visit.week(quarter))
    short = words.say_plural("The last week has {count} day.", "The last week has {count} days.", span.days % 7)
    after = running if not visit.ended(quarter) else short if span.days % 7 else ""
    return f"{told} {after}".strip()


def stale_title(visit: Visit, count: int, whole: pd.DataFrame) -> str:
    """How many key results are silent, and since when that counts."""
    return visit.words.say(
        "{count} of {total} key results without a check-in for {days} days",
        count=count, total=int(whole["key_results"].iloc[0]), days=visit.policy.rhythm.stale_after_days,
    )  # fmt: skip


def stale_rows(visit: Visit, stale: pd.DataFrame) -> pd.DataFrame:
    """Silent key results: goal (a link), key_result, team, cycle, silent_days."""
    goals = [visit.goal(str(row["objective_id"]), str(row["objective"])) for row in stale.to_dict("records")]
    return stale.assign(goal=goals, team=stale["team"].fillna("–"))


def fill_title(visit: Visit, row: pd.Series, quarter: str) -> str:
    """How many people in scope own no goal of the quarter."""
    words = visit.words
    named = {"total": int(row["people"]), "quarter": quarter, "rate": words.percent(row["fill_rate"], high=1.0)}
    without = int(row["people_without"])
    if not without:
        return words.say("Everybody in scope has set a goal for {quarter}: {total} of {total} people", **named)
    return words.say_plural(
        "{count} of {total} people in scope has set no goal for {quarter}; the fill rate is {rate}",
        "{count} of {total} people in scope have set no goal for {quarter}; the fill rate is {rate}", without, **named,
    )  # fmt: skip


def fill_note(visit: Visit, row: pd.Series) -> str:
    """Teams with goals of their own, and owners whom the roster does not know."""
    words = visit.words
    teams = words.say(
        "{having} of {total} teams with people in scope have goals of their own. By the roster, owners matched by "
        "name; people are counted per team with all below it, never named.",
        having=int(row["teams_with_goals"]), total=int(row["teams"]),
    )  # fmt: skip
    unknown = int(row["owners_unknown"])
    if not unknown:
        return teams
    strangers = words.say_plural(
        "{count} owner of goals is not in the roster.", "{count} owners of goals are not in the roster.", unknown
    )
    return f"{teams} {strangers}"


def fill_rows(filled: pd.DataFrame) -> pd.DataFrame:
    """Teams with people in scope: team, rate (in percent), people, with_goals, without, teams, teams_with."""
    return pd.DataFrame(
        {
            "team": filled["team"],
            "rate": (100 * filled["fill_rate"]).round(),
            "without": filled["people_without"],
            "people": filled["people"],
            "teams_with": [
                f"{Count(h)}/{Count(n)}" for h, n in zip(filled["teams_with_goals"], filled["teams"], strict=True)
            ],
        }
    )
