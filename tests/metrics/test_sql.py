"""Completion and distribution a second time, in plain SQL over the facts, agreeing with pandas."""

from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines.history import History
from pipelines.metrics.compute import Question, compute
from pipelines.policy import load
from tests.situations import SITUATIONS
from tests.strategies import histories

# The score of every counted objective from the facts: latest check-in, progress, final, weights, own score.
SCORES = """
WITH said AS (
    SELECT c.*, k.measure,
        CASE WHEN k.measure IN ('milestone', 'yes_no') AND lower(trim(c.status)) = 'done' THEN 1.0
             WHEN k.measure = 'ordinal' AND lower(trim(c.status)) = 'target' THEN 0.7
             WHEN k.measure IN ('milestone', 'yes_no') AND lower(trim(c.status)) = 'not done'
                  AND c.progress IS NULL AND c."value" IS NULL THEN 0.0
             ELSE c.progress END AS told
    FROM check_in c JOIN key_result k USING (key_result_id)
), latest AS (
    SELECT key_result_id, "value", told FROM said WHERE "value" IS NOT NULL OR told IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY key_result_id ORDER BY checked_on DESC, "row" DESC) = 1
), starts AS (
    SELECT key_result_id, "start" FROM check_in WHERE "start" IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY key_result_id ORDER BY checked_on DESC, "row" DESC) = 1
), targets AS (
    SELECT key_result_id, "target" FROM check_in WHERE "target" IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY key_result_id ORDER BY checked_on DESC, "row" DESC) = 1
), spans AS (
    SELECT k.*, coalesce(k."start", s."start") AS first, coalesce(k."target", t."target") AS aim,
        CASE WHEN l.key_result_id IS NULL THEN k.current ELSE l."value" END AS stands, l.told
    FROM key_result k LEFT JOIN latest l USING (key_result_id)
    LEFT JOIN starts s USING (key_result_id) LEFT JOIN targets t USING (key_result_id)
    WHERE coalesce(k.status, '') NOT IN ('draft', 'cancelled')
), measured AS (
    SELECT *, CASE
        WHEN measure IN ('milestone', 'yes_no') AND status = 'done' THEN 1.0
        WHEN aim <> first AND stands IS NOT NULL THEN (stands - first) / (aim - first)
        WHEN told IS NOT NULL THEN told
        WHEN measure IN ('milestone', 'yes_no', 'ordinal') THEN stands END AS raw
    FROM spans
), rated AS (
    SELECT *, CASE WHEN raw IS NOT NULL THEN greatest(0, least(1, raw)) END AS computed,
        CASE WHEN coalesce(score, score_self) IS NOT NULL
             THEN greatest(0, least(1, coalesce(score, score_self))) END AS final
    FROM measured
), left_over AS (
    SELECT objective_id, greatest(0, round(1 - coalesce(sum(weight), 0), 9)) AS rest,
        count(*) - count(weight) AS sharing
    FROM rated GROUP BY objective_id
), weighed AS (
    SELECT r.objective_id, coalesce(r.weight, l.rest / l.sharing) AS w,
        CASE $source WHEN 'final' THEN final WHEN 'computed' THEN computed ELSE coalesce(final, computed) END AS s
    FROM rated r JOIN left_over l USING (objective_id)
), means AS (
    SELECT objective_id, sum(w * s) / nullif(sum(w), 0) AS mean FROM weighed WHERE s IS NOT NULL GROUP BY objective_id
)
SELECT o.objective_id, o.cycle, o.team_id, o.level, coalesce(o.ambition, 'unknown') AS ambition,
    round(CASE WHEN $source = 'computed' THEN m.mean ELSE coalesce(o.score, o.score_self, m.mean) END, 6) AS score
FROM objective o LEFT JOIN means m USING (objective_id)
WHERE coalesce(o.status, '') NOT IN ('draft', 'cancelled')
"""

COMPLETION = """
WITH RECURSIVE line AS (
    SELECT team_id, team_id AS above_id FROM team
    UNION SELECT l.team_id, t.parent_team_id FROM line l JOIN team t ON t.team_id = l.above_id
    WHERE t.parent_team_id IS NOT NULL
), wide AS (
    SELECT s.*, coalesce(l.above_id, s.team_id) AS in_team,
        s.team_id IS NOT DISTINCT FROM coalesce(l.above_id, s.team_id) AND coalesce(s.level, '') <> 'individual' AS own
    FROM scores s LEFT JOIN line l USING (team_id)
)
SELECT t.path AS team, w.cycle, count(*) AS objectives, count(score) AS scored, count(*) - count(score) AS missing,
    avg(score) AS completion_rate,
    count(*) FILTER (score >= CASE ambition WHEN 'committed' THEN 1.0 ELSE 0.6 END) AS attained,
    attained / nullif(count(score), 0) AS attained_rate,
    count(*) FILTER (own) AS own_objectives, count(score) FILTER (own) AS own_scored,
    avg(score) FILTER (own) AS own_completion_rate, count(*) FILTER (NOT own) AS below_objectives,
    count(score) FILTER (NOT own) AS below_scored, avg(score) FILTER (NOT own) AS below_completion_rate
FROM wide w LEFT JOIN team t ON t.team_id = w.in_team
GROUP BY t.path, w.in_team, w.cycle ORDER BY team NULLS LAST, w.cycle
"""

DISTRIBUTION = """
SELECT cycle, count(*) AS objectives, count(score) AS scored, count(*) - count(score) AS missing, avg(score) AS mean,
    quantile_cont(score, 0.5) AS median, stddev_samp(score) AS std, quantile_cont(score, 0.1) AS p10,
    quantile_cont(score, 0.25) AS p25, quantile_cont(score, 0.75) AS p75, quantile_cont(score, 0.9) AS p90,
    count(*) FILTER (score >= 0.9) AS excellent, count(*) FILTER (score >= 0.7 AND score < 0.9) AS good,
    count(*) FILTER (score >= 0.6 AND score < 0.7) AS medium, count(*) FILTER (score >= 0.4 AND score < 0.6) AS fair,
    count(*) FILTER (score < 0.4) AS poor, count(score) FILTER (ambition <> 'committed') AS eligible,
    count(*) FILTER (score BETWEEN 0.6 AND 0.7 AND ambition <> 'committed') AS sweet_spot,
    sweet_spot / nullif(eligible, 0) AS sweet_spot_rate,
    count(*) FILTER (score >= 0.85 AND ambition <> 'committed') AS too_high,
    too_high / nullif(eligible, 0) AS too_high_rate,
    count(*) FILTER (score < 0.4) AS too_low, too_low / nullif(scored, 0) AS too_low_rate
FROM scores GROUP BY cycle ORDER BY cycle
"""


def in_sql(known: History, query: str, source: str) -> pd.DataFrame:
    with duckdb.connect() as connection:
        for name, frame in known.frames().items():
            connection.register(name, frame)
        connection.execute(f"CREATE TABLE scores AS {SCORES.replace('$source', repr(source))}")
        return connection.execute(query).df()


def agree(known: History, source: Any) -> None:
    policy = load().with_score_source(source)
    for query, name, by in ((COMPLETION, "completion", ("team", "cycle")), (DISTRIBUTION, "distribution", ("cycle",))):
        table, again = compute(Question(name, by), known, policy=policy), in_sql(known, query, source)
        assert table.columns.tolist() == again.columns.tolist()
        assert len(table) == len(again)
        for column in table.columns:
            if column in by:
                assert table[column].fillna("null").tolist() == again[column].fillna("null").tolist()
            else:
                pair = (frame[column].astype("float64") for frame in (table, again))
                assert np.allclose(*pair, atol=1e-6, equal_nan=True), column


# Not made smaller when it fails: each step asks DuckDB anew, and the history is small as it is.
@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(histories(), st.sampled_from(("latest", "final", "computed")))
def test_sql_and_pandas_agree_on_random_histories(known: History, source: str) -> None:
    agree(known, source)


@pytest.mark.parametrize("name", [name for name in SITUATIONS if name != "in_circles"])
def test_sql_and_pandas_agree_on_every_situation(name: str) -> None:
    agree(SITUATIONS[name](), "latest")
