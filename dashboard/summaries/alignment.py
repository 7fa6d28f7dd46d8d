"""Words and rows of the page Alignment: what nobody took up first, then who serves what."""

from typing import Any

import pandas as pd

from dashboard.summaries.linking import counted_in
from dashboard.visit import Visit
from dashboard.wording import LEVELS, NOTHING, Count, plain
from pipelines.metrics.uptake import BELOW
from pipelines.wording import mark

RUNGS = {
    "leaders": mark("goals of departments and teams, to a goal above"),
    "people": mark("individual goals, to a goal above"),
    "level_unknown": mark("goals without a level, to a goal above"),
    "across": mark("all goals, across teams"),
}
SPANS = {"year": mark("{cycle}, annual"), "half": mark("{cycle}, half-year")}
HEADLINES = {
    (True, True): mark(
        "In {quarter}, nobody took up {goals} of the company's {all_goals} and {results} of their {all_results}"
    ),
    (True, False): mark("In {quarter}, nobody took up {goals} of the company's {all_goals}"),
    (False, True): mark(
        "In {quarter}, each of the company's {all_goals} was taken up, but {results} of their {all_results} by nobody"
    ),
    (False, False): mark("In {quarter}, each of the company's {all_goals} and key results was taken up"),
}


def headline(visit: Visit, goals: pd.DataFrame, quarter: str) -> str:
    """How many of the company's goals and key results nobody took up."""
    words, named = visit.words, goals["key_result_id"].notna()
    if goals.empty:
        return words.say("In {quarter}, no goal stands at company level, so that none can be taken up", quarter=quarter)
    counts = [int((~goals["taken_up"] & side).sum()) for side in (~named, named)]
    return words.say(
        HEADLINES[counts[0] > 0, counts[1] > 0], quarter=quarter, goals=counts[0], results=counts[1],
        all_goals=words.say_plural("{count} goal", "{count} goals", int((~named).sum())),
        all_results=words.say_plural("{count} key result", "{count} key results", int(named.sum())),
    )  # fmt: skip


def basis(visit: Visit, goals: pd.DataFrame) -> str:
    """How many company goals of the quarter and of longer cycles there are, and what taken up means."""
    words, own = visit.words, goals["key_result_id"].isna()
    counts = {"own": int((own & ~goals["longer"]).sum()), "annual": int((own & goals["longer"]).sum())}
    said = words.say(
        "Company goals of the quarter: {own}; of longer cycles around it: {annual}. Taken up: links lead to it from a "
        "goal below the company's own; to a key result, if a link names it. Draft and cancelled ones are left out.",
        **counts,
    )
    chosen = visit.selection
    if chosen.teams or chosen.executives or chosen.ambitions or chosen.levels:
        return f"{said} {words.say('Only goals that the filters choose are counted as taking up.')}"
    return said


def untaken_rows(visit: Visit, goals: pd.DataFrame) -> pd.DataFrame:
    """What nobody took up, objectives first: kind, shown (its title), of (its objective), cycle, goal (the address)."""
    say = visit.words.say
    rows = goals[~goals["taken_up"]]
    rows = rows.assign(named=rows["key_result_id"].notna()).sort_values(["named", "longer"], kind="stable")
    return pd.DataFrame(
        {
            "kind": [say("Key result") if named else say("Objective") for named in rows["named"]],
            "shown": rows["title"].where(rows["named"], rows["objective"]),
            "of": rows["objective"].where(rows["named"]),
            "cycle": [
                say(SPANS.get(kind, "{cycle}"), cycle=cycle)
                for cycle, kind in zip(rows["cycle"], rows["cycle_kind"], strict=True)
            ],
            "goal": [visit.goal(key) for key in rows["objective_id"]],
        }
    )


def reach_rows(visit: Visit, reach: pd.DataFrame) -> pd.DataFrame:
    """Penetration as cells: for each level the company's goals, then their key results."""
    words, sides = visit.words, {"objectives": "penetration", "key_results": "key_result_penetration"}
    titles = {"objectives": mark("{level}: company goals"), "key_results": mark("{level}: their key results")}
    records = [
        {"row": words.say(titles[side], level=words.say(LEVELS[row["level"]])), "quarter": row["quarter"],
         "share": row[share], "text": f"{Count(row[f'{side}_reached'])}/{Count(row[side])}",
         "hover": f"{row['quarter']} · {words.percent(row[share])}", "side": side, "level": row["level"]}
        for side, share in sides.items() for row in reach.to_dict("records")
    ]  # fmt: skip
    table = pd.DataFrame(records, columns=["row", "quarter", "share", "text", "hover", "side", "level"])
    order = {level: place for place, level in enumerate(BELOW)}
    table = table.assign(place=table["level"].map(order))
    return table.sort_values(["side", "place", "quarter"], ascending=[False, True, True], ignore_index=True)


def reach_title(visit: Visit, reach: pd.DataFrame, quarter: str) -> str:
    """How far down the company's goals of the quarter reach."""
    words = visit.words
    rows = reach[(reach["quarter"] == quarter) & (reach["objectives"] > 0)]
    shares = [
        words.say("{level} {share}", level=words.say(LEVELS[level]), share=words.percent(share))
        for level, share in zip(rows["level"], rows["penetration"], strict=True)
    ]
    return words.say("How far down the company's goals reach: {levels}", levels=words.say(", ").join(shares))


def reach_note(visit: Visit) -> str:
    """What the cells count."""
    return visit.words.say(
        "How many of the company's goals of the quarter, and of their key results, vertical links reach from a level; "
        "longer cycles are left out."
    )


def team_cells(visit: Visit, table: pd.DataFrame) -> pd.DataFrame:
    """Vertical coverage by team and quarter as cells."""
    rows = table[table["should_align"] > 0]
    hover = [_covered(visit, row) for row in rows.to_dict("records")]
    text = [visit.words.percent(share).rstrip("%") for share in rows["vertical_coverage"]]
    return pd.DataFrame({"row": rows["team"], "quarter": rows["quarter"], "share": rows["vertical_coverage"],
                         "text": text, "hover": hover})  # fmt: skip


def teams_title(visit: Visit, table: pd.DataFrame, whole: "pd.Series[float]", quarter: str) -> str:
    """The share of goals that serve a goal above, with the teams at either end."""
    words = visit.words
    rows = table[(table["quarter"] == quarter) & (table["should_align"] > 0)]
    share = words.percent(whole["vertical_coverage"])
    if len(rows) < 2 or rows["vertical_coverage"].nunique() < 2:
        return words.say("{share} of the goals serve a goal above them", share=share)
    shares = rows["vertical_coverage"].reset_index(drop=True)
    ends = {"low": int(shares.argmin()), "high": int(shares.argmax())}
    names = {f"{end}_team": plain(rows["team"].iloc[place]) for end, place in ends.items()}
    return words.say(
        "{share} of the goals serve a goal above them: from {low} in {low_team} to {high} in {high_team}",
        share=share, **names, **{end: words.percent(shares.iloc[place]) for end, place in ends.items()},
    )  # fmt: skip


def coverage_basis(visit: Visit, whole: "pd.Series[float]") -> str:
    """What coverage rests on; 100 % is no ideal."""
    return visit.words.say(
        "{aligned} of {should} goals that should align serve a goal above, {anchored} lead on to the company's; "
        "{top} stand at company level. 100% is no ideal: a goal of one's own is no fault.",
        aligned=int(whole["aligned"]), should=int(whole["should_align"]), anchored=int(whole["anchored"]),
        top=int(whole["objectives"] - whole["should_align"]),
    )  # fmt: skip


def rung_rows(visit: Visit, table: pd.DataFrame) -> pd.DataFrame:
    """The rungs as lines: quarter, name, share, hover."""
    names = table["rung"].map({rung: visit.words.say(name) for rung, name in RUNGS.items()})
    places = table["rung"].map({rung: place for place, rung in enumerate(RUNGS)})
    hover = [
        f"{quarter} · {counted_in(visit, linked, objectives)}"
        for quarter, linked, objectives in zip(table["quarter"], table["linked"], table["objectives"], strict=True)
    ]
    rows = table.assign(name=names, hover=hover, place=places)
    return rows.sort_values(["place", "quarter"], ignore_index=True)


def rungs_title(visit: Visit, table: pd.DataFrame, quarter: str) -> str:
    """The three rungs in one sentence; those without a goal are left out."""
    words = visit.words
    rows = table[table["quarter"] == quarter].set_index("rung")["share"]
    parts = [
        words.say("{share} of {rung}", share=words.percent(rows[rung]), rung=words.say(name))
        for rung, name in RUNGS.items() if rung in rows
    ]  # fmt: skip
    return words.say("Linked in {quarter}: {parts}", quarter=quarter, parts=words.say("; ").join(parts) or NOTHING)


def rungs_note(visit: Visit, table: pd.DataFrame, quarter: str) -> str:
    """How many goals each rung rests on."""
    rows = table[table["quarter"] == quarter]
    parts = [
        visit.words.say("{rung}: {linked} of {count}", rung=visit.words.say(RUNGS[rung]), linked=linked, count=count)
        for rung, linked, count in zip(rows["rung"], rows["linked"], rows["objectives"], strict=True)
    ]
    return visit.words.say("; ").join(parts)


def _covered(visit: Visit, row: dict[Any, Any]) -> str:
    said = visit.words.say(
        "{aligned} of {should} serve a goal above; {anchored} lead to a goal of the company",
        aligned=int(row["aligned"]), should=int(row["should_align"]), anchored=int(row["anchored"]),
    )  # fmt: skip
    return f"{row['quarter']} · {said}"
