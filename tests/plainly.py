"""Scores in plain loops, from the method's words alone: what second computations of figures start from."""

import unicodedata
from collections import defaultdict
from datetime import date
from typing import Any

import pandas as pd

from pipelines.history import History

Row = dict[str, Any]

OUT = ("draft", "cancelled")
TWO_SIDED = ("milestone", "yes_no")
ZONES = {"fail": 0.0, "commit": 0.3, "target": 0.7, "stretch": 1.0}


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows as plain records: None where a value is missing, days as dates."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{name: v.date() if isinstance(v, pd.Timestamp) else v for name, v in row.items()} for row in rows]


def spelled(text: str | None) -> str:
    """A title or a unit as it is compared: full and half width alike, in small letters, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def mean(numbers: Any) -> float:
    """The mean, missing of nothing."""
    listed = list(numbers)
    return sum(listed) / len(listed) if listed else float("nan")


class Plain:
    """What is known of a history by a day (everything where none is given), goal by goal."""

    def __init__(self, known: History, day: date | None = None) -> None:
        self.day = day
        self.spans = {row["cycle"]: row for row in records(known.cycle)}
        self.above = {row["team_id"]: row["parent_team_id"] for row in records(known.team)}
        self.paths = {row["team_id"]: row["path"] for row in records(known.team)}
        self.goals = {row["objective_id"]: row for row in records(known.objective) if row["status"] not in OUT}
        self.parts: dict[str, list[Row]] = {goal: [] for goal in self.goals}
        for part in records(known.key_result):
            if part["status"] not in OUT and part["objective_id"] in self.goals:
                self.parts[part["objective_id"]].append(part)
        self.said: dict[str, list[Row]] = defaultdict(list)
        for said in sorted(records(known.check_in), key=lambda row: (row["checked_on"], row["row"])):
            if day is None or said["checked_on"] <= day:
                self.said[said["key_result_id"]].append(said)

    def span(self, goal: Row) -> tuple[date, date]:
        """The first and the last day of the goal's cycle."""
        cycle = self.spans[goal["cycle"]]
        return cycle["starts_on"], cycle["ends_on"]

    def line(self, team: str | None) -> list[str | None]:
        """The team and every team above it."""
        teams = [team]
        while self.above.get(teams[-1]) is not None:
            teams.append(self.above[teams[-1]])
        return teams

    def until(self, part: Row, day: date | None) -> list[Row]:
        """What was said of the key result up to the day, in order."""
        return [said for said in self.said[part["key_result_id"]] if day is None or said["checked_on"] <= day]

    def ends(self, part: Row, day: date | None) -> tuple[Any, Any]:
        """Start and target: its own, or the last ones said up to the day."""
        both = []
        for name in ("start", "target"):
            stated = [said[name] for said in self.until(part, day) if said[name] is not None]
            both.append(part[name] if part[name] is not None or not stated else stated[-1])
        return both[0], both[1]

    def stated(self, part: Row, said: Row) -> float | None:
        """The progress a check-in states, in a number or in words."""
        word = (said["status"] or "").strip().casefold()
        if part["measure"] in TWO_SIDED and word == "done":
            return 1.0
        if part["measure"] == "ordinal" and word in ZONES:
            return ZONES[word]
        silent = said["progress"] is None and said["value"] is None
        return 0.0 if part["measure"] in TWO_SIDED and word == "not done" and silent else said["progress"]

    def statements(self, part: Row, day: date | None) -> list[Row]:
        """The check-ins up to the day that state a value or a progress."""
        return [c for c in self.until(part, day) if c["value"] is not None or self.stated(part, c) is not None]

    def raw(self, part: Row, day: date | None) -> float | None:
        """Progress by what was said up to the day, whether or not the cycle has begun."""
        said, (start, target) = self.statements(part, day), self.ends(part, day)
        told = self.stated(part, said[-1]) if said else None
        value = said[-1]["value"] if said else part["current"] if day is None else None
        if None not in (value, start, target) and start != target:
            return (value - start) / (target - start)
        return value if told is None and part["measure"] in (*TWO_SIDED, "ordinal") else told

    def computed(self, part: Row, day: date | None) -> float | None:
        """The score by the data: progress between 0 and 1, missing before the cycle begins."""
        first, last = self.span(self.goals[part["objective_id"]])
        if day and day < first:
            return None
        if part["measure"] in TWO_SIDED and part["status"] == "done" and (day is None or day >= last):
            return 1.0
        raw = self.raw(part, day)
        return None if raw is None else min(max(raw, 0.0), 1.0)

    def final(self, row: Row, goal: Row, day: date | None) -> float | None:
        """The recorded score of the goal or its key result, or else its self score, once the cycle has ended."""
        score = row["score_self"] if row["score"] is None else row["score"]
        known = score is not None and (day is None or day >= self.span(goal)[1])
        return min(max(score, 0.0), 1.0) if known else None

    def latest(self, part: Row, day: date | None) -> float | None:
        """The key result's score that counts: final where there is one, else computed."""
        final = self.final(part, self.goals[part["objective_id"]], day)
        return self.computed(part, day) if final is None else final

    def score(self, goal: Row, day: date | None) -> tuple[float | None, float | None]:
        """The goal's score and the share of its weight that has one."""
        own = self.final(goal, goal, day)
        if own is not None:
            return round(own, 6), 1.0
        parts = self.parts[goal["objective_id"]]
        return weighed(parts, [self.latest(part, day) for part in parts])

    def by_data(self, goal: Row, day: date | None) -> float | None:
        """The goal's score by the data alone."""
        parts = self.parts[goal["objective_id"]]
        return weighed(parts, [self.computed(part, day) for part in parts])[0]


def weighed(parts: list[Row], scores: list[float | None]) -> tuple[float | None, float | None]:
    """The weighted mean of the scores there are, and the share of all weight they have."""
    stated = [part["weight"] for part in parts if part["weight"] is not None]
    left = max(round(1 - sum(stated), 9), 0) / max(len(parts) - len(stated), 1)
    weights = [left if part["weight"] is None else part["weight"] for part in parts]
    pairs = [(weight, score) for weight, score in zip(weights, scores, strict=True) if score is not None]
    total, there = sum(weights), sum(weight for weight, _ in pairs)
    score = round(sum(weight * score for weight, score in pairs) / there, 6) if there else None
    return score, round(there / total, 6) if total else None
