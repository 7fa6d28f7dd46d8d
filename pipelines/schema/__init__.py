"""Every table and column of the product, once: type, unit and meaning."""

from pipelines.schema.choices import (
    ADOPTIONS,
    AMBITIONS,
    CYCLE_KINDS,
    LEVELS,
    MEASURES,
    ORIGINS,
    PARENT_KINDS,
    PROBLEM_KINDS,
    RELATIONS,
    STATUSES,
    TEAM_KINDS,
)
from pipelines.schema.columns import DTYPES, PLACE, Column, Kind, Table, conform, empty, stated_columns
from pipelines.schema.events import ALIGNMENT, CHANGE, CHECK_IN
from pipelines.schema.goals import KEY_RESULT, OBJECTIVE
from pipelines.schema.ledger import BATCH, PROBLEM
from pipelines.schema.organisation import CYCLE, PERSON, TEAM
from pipelines.schema.results import EVIDENCE, KEY_RESULT_RESULT, OBJECTIVE_RESULT, OBJECTIVE_WEEK
from pipelines.schema.summaries import (
    ACROSS,
    ATTENTION_WEEK,
    CONFIDENCE_FALL,
    FINDING,
    FOLLOW_UP,
    FORECAST,
    GOAL_CHANGE,
    LINK,
    OF_THE_LOG,
    RECORD_SIDE,
    YEAR_PART,
)

FACTS = (TEAM, PERSON, CYCLE, OBJECTIVE, KEY_RESULT, CHECK_IN, ALIGNMENT, CHANGE)
LEDGER = (BATCH, PROBLEM)
RESULTS = (KEY_RESULT_RESULT, OBJECTIVE_RESULT, OBJECTIVE_WEEK, EVIDENCE, *OF_THE_LOG)
TABLES: dict[str, Table] = {table.name: table for table in (*FACTS, *LEDGER, *RESULTS, *ACROSS)}

__all__ = [
    "ACROSS",
    "ADOPTIONS",
    "ALIGNMENT",
    "AMBITIONS",
    "ATTENTION_WEEK",
    "BATCH",
    "CHANGE",
    "CHECK_IN",
    "CONFIDENCE_FALL",
    "CYCLE",
    "CYCLE_KINDS",
    "DTYPES",
    "EVIDENCE",
    "FACTS",
    "FINDING",
    "FOLLOW_UP",
    "FORECAST",
    "GOAL_CHANGE",
    "KEY_RESULT",
    "KEY_RESULT_RESULT",
    "LEDGER",
    "LEVELS",
    "LINK",
    "MEASURES",
    "OBJECTIVE",
    "OBJECTIVE_RESULT",
    "OBJECTIVE_WEEK",
    "OF_THE_LOG",
    "ORIGINS",
    "PARENT_KINDS",
    "PERSON",
    "PLACE",
    "PROBLEM",
    "PROBLEM_KINDS",
    "RECORD_SIDE",
    "RELATIONS",
    "RESULTS",
    "STATUSES",
    "TABLES",
    "TEAM",
    "TEAM_KINDS",
    "YEAR_PART",
    "Column",
    "Kind",
    "Table",
    "conform",
    "empty",
    "stated_columns",
]
