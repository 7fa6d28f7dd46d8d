"""The warehouse: DuckDB files that are published whole and never changed, and the pointer to the current one.

The only room that knows DuckDB. `drafting` writes the next version, `reading` reads a published one.
"""

from pipelines.warehouse import check_ins, cycle_states, goal_states, log_states
from pipelines.warehouse.check_ins import Log, LostLogError
from pipelines.warehouse.connecting import NOT_WRITTEN, history_of
from pipelines.warehouse.drafting import Draft, drafted, publish
from pipelines.warehouse.reading import built_from, current, held, history, last_good, table

__all__ = [
    "NOT_WRITTEN",
    "Draft",
    "Log",
    "LostLogError",
    "built_from",
    "check_ins",
    "current",
    "cycle_states",
    "drafted",
    "goal_states",
    "held",
    "history",
    "history_of",
    "last_good",
    "log_states",
    "publish",
    "table",
]
