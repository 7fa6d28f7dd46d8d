"""What each log's check-ins were written from, and leaving those of the version before where that is the same."""

from collections.abc import Collection
from pathlib import Path

from pipelines.warehouse.drafting import Draft

# A batch that is gone may have replaced days of earlier batches, which are then written again.
STAYING = """
    CREATE OR REPLACE TEMP TABLE staying AS
    SELECT batch_id, file, state FROM log_now SEMI JOIN log_state USING (batch_id, file, state)
    WHERE batch_id >= (SELECT coalesce(max(batch_id), 0) FROM log_state WHERE state NOT IN (SELECT state FROM log_now))
"""


def leave(draft: Draft, named: Collection[Path]) -> set[str]:
    """Leave the check-ins of logs whose rows are there and would be the same, but for replaced days, and no others.

    In: for each log where the meaning of its references is kept, under a name that tells the log's batch and content,
    and theirs. Out: those of the names whose rows are there.
    """
    draft.connection.execute("CREATE OR REPLACE TEMP TABLE log_now (batch_id BIGINT, file VARCHAR, state VARCHAR)")
    for path in named:
        query = "INSERT INTO log_now SELECT DISTINCT batch_id, file, $state FROM read_parquet($path)"
        draft.connection.execute(query, {"path": str(path), "state": path.name})
    draft.connection.execute(STAYING)
    draft.remove(
        "check_in", "NOT EXISTS (FROM staying AS s WHERE (s.batch_id, s.file) = (check_in.batch_id, check_in.file))"
    )
    draft.connection.execute("CREATE OR REPLACE TABLE log_state AS FROM log_now")
    return set(draft.asked("SELECT state FROM staying")["state"])
