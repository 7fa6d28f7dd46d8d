"""What is read from the warehouse, once per version; `selected` holds the parts of it that a selection takes."""

import os
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.tables import stored
from dashboard.tables.stored import as_version
from pipelines import build, warehouse
from pipelines import policy as policies
from pipelines.cycles import Cycle, parse
from pipelines.history import History
from pipelines.lookup import looked_up
from pipelines.metrics.alignment import flagged as with_flags
from pipelines.metrics.alignment import links as find_links
from pipelines.metrics.challenge_objectives import evidence as find_evidence
from pipelines.metrics.outlook import Past
from pipelines.metrics.results import objective_results
from pipelines.metrics.standing import in_tree_order
from pipelines.metrics.tree import executives, lineage
from pipelines.metrics.weeks import scores_by_week, weeks_until
from pipelines.policy import Policy
from pipelines.problems import Problem

Places = np.ndarray[Any, np.dtype[np.intp]]
EVERYONE = "everyone"
VERSIONS_KEPT = 3
FRAMES_KEPT = 256
MOST_LISTED = 200
"""No list on a page has more rows: what is listed is put into words, and what is not need not be."""
MOST_DRAWN = 60
"""No chart draws more teams: one would not see them together."""
DAYS_KEPT = 2 * VERSIONS_KEPT


def data_dir() -> Path:
    """The folder that holds what was loaded."""
    return Path(os.environ.get("OKR_DATA", "data/warehouse"))


def current_version() -> str | None:
    """The path of the warehouse file to read now, the last one that can be read; none before the first ingest."""
    version, _ = warehouse.last_good(data_dir())
    return str(version.path) if version else None


def held(version: str | None) -> AbstractContextManager[None]:
    """Meanwhile the version stays readable, so that a slow run can end with it."""
    return warehouse.held(as_version(version)) if version else nullcontext()


def newest_wrong() -> Problem | None:
    """What is wrong with the current version, where an earlier one is shown for it."""
    return warehouse.last_good(data_dir())[1]


def is_behind(version: str) -> bool:
    """Whether what is loaded or the policy is no more what the version shows; raises InputError like the ledger."""
    sources = (data_dir() / "batches", data_dir() / policies.OWN_FILE)
    return _is_behind(version, tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in sources))


@st.cache_data(max_entries=VERSIONS_KEPT, show_spinner=False)
def _is_behind(version: str, changed: tuple[int, ...]) -> bool:  # noqa: ARG001 - the last changes belong to the key
    return not build.is_current(data_dir())


def today() -> date:
    """The day the pages speak of: OKR_TODAY, or the real one."""
    stated = os.environ.get("OKR_TODAY")
    return date.fromisoformat(stated) if stated else date.today()


# What is read whole is shared between readers and never changed: a copy per run would cost more than the figures.
@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def results(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """The table `objective_result`, computed again from the facts where a past day is given (elsewhere "")."""
    if not as_of:
        return warehouse.table(as_version(version), "objective_result")
    return objective_results(history(version, scope), policy=policy(version), as_of=date.fromisoformat(as_of))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def _ids(version: str, scope: str, as_of: str) -> "pd.Index[str]":
    ids: pd.Index[str] = pd.Index(results(version, scope, as_of)["objective_id"])
    return ids


def places_of(version: str, scope: str, as_of: str, ids: "pd.Series[str]") -> Places:
    """Where in `results` the objectives of these ids stand; −1 for what is none."""
    places: Places = _ids(version, scope, as_of).get_indexer(pd.Index(ids))
    return places


def goals_of(version: str, scope: str, as_of: str, ids: "pd.Series[str]") -> pd.DataFrame:
    """The rows of `results` of these few objectives."""
    places = places_of(version, scope, as_of, ids.drop_duplicates())
    return results(version, scope, as_of).take(places[places >= 0])


@st.cache_resource(max_entries=1, show_spinner=False)
def history(version: str, scope: str) -> History:  # noqa: ARG001 - the scope belongs to the key
    """All facts, the check-in log among them: only for what is asked of a past day."""
    return warehouse.history(as_version(version))


def with_executives(rows: pd.DataFrame, version: str, scope: str) -> pd.DataFrame:
    """The rows with who is in charge of the team of each."""
    by_team = tree(version, scope).set_index("team_id")["executive"]
    # Whole numbers that may be missing are added up many times slower than others; what is counted never is.
    plain = rows.astype({name: "int64" for name in rows.select_dtypes("Int64") if rows[name].notna().all()})
    return plain.assign(executive=looked_up(rows["team_id"], by_team).astype("str"))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def links(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """The table `link`, found again where a past day is given."""
    if not as_of:
        return stored.table(version, scope, "link")
    return find_links(results(version, scope, as_of), history(version, scope))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def links_placed(version: str, scope: str, as_of: str) -> tuple[pd.DataFrame, Places, Places]:
    """`links`, and where in `results` the child and the parent of each stand."""
    known = links(version, scope, as_of)
    children, parents = (places_of(version, scope, as_of, known[end]) for end in ("child_id", "parent_id"))
    return known, children, parents


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def flagged(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """`results` with the flags of `alignment.with_alignment`."""
    return with_flags(results(version, scope, as_of), links(version, scope, as_of))


# Python's own cache where a run asks dozens of times: Streamlit's keys would cost more than what is looked up.
@lru_cache(maxsize=VERSIONS_KEPT)
def teams(version: str, scope: str) -> pd.DataFrame:  # noqa: ARG001 - the scope belongs to the key
    """The table `team`."""
    return warehouse.table(as_version(version), "team")


@st.cache_resource(max_entries=8 * VERSIONS_KEPT, show_spinner=False)
def weeks(version: str, scope: str, quarter: str, as_of: str) -> pd.DataFrame:
    """The rows of `objective_week` of the quarter's objectives; `weeks_until` the day where a past one is given."""
    kept = stored.table(version, scope, "objective_week", quarter=quarter)
    if not as_of:
        return kept
    known = results(version, scope, as_of)
    return weeks_until(kept, known[known["quarter"] == quarter], day=date.fromisoformat(as_of))


@st.cache_resource(max_entries=8 * VERSIONS_KEPT, show_spinner=False)
def week_scores(version: str, scope: str, label: str, as_of: str) -> pd.DataFrame:
    """`scores_by_week` of all objectives of one quarter."""
    known = results(version, scope, as_of)
    return scores_by_week(known, weeks(version, scope, label, as_of), quarter=quarter(version, label))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def past(version: str, scope: str, as_of: str, day: date) -> Past:
    """What outlooks on the day learn from: everything's results, and how it stood then and at the end of cycles."""
    known, now = results(version, scope, as_of), pd.Timestamp(day)
    begun = known.loc[(known["starts_on"] <= now) & (now < known["ends_on"]), "starts_on"].drop_duplicates()
    ends = known["ends_on"].dropna().drop_duplicates()
    parts = {"week": (now - begun).dt.days // 7 + 1, "as_of": ends.dt.to_pydatetime()}
    columns = ["objective_id", "week", "as_of", "score"]
    found = [stored.rows_of(version, "objective_week", columns, **{name: list(of)}) for name, of in parts.items()]
    table = pd.concat(found).drop_duplicates(["objective_id", "week"], ignore_index=True)
    return Past(known, table, teams(version, scope))


@st.cache_resource(max_entries=DAYS_KEPT, show_spinner=False)
def evidence(version: str, scope: str, as_of: str) -> pd.DataFrame:
    """The table `evidence`, found again where a past day is given."""
    if not as_of:
        return warehouse.table(as_version(version), "evidence")
    known, day = results(version, scope, as_of), date.fromisoformat(as_of)
    return find_evidence(known, history(version, scope), policy=policy(version), as_of=day)


@lru_cache(maxsize=VERSIONS_KEPT)
def policy(version: str) -> Policy:
    """The policy in force for the version."""
    return policies.in_force(Path(version).parents[1])


@lru_cache(maxsize=VERSIONS_KEPT)
def choices(version: str, scope: str) -> dict[str, list[str]]:
    """What the filters offer: quarters in order, teams as their tree lists them, executives by name."""
    return {
        "quarters": sorted(results(version, scope, "")["quarter"].dropna().unique()),
        "teams": list(tree(version, scope)["path"]),
        "executives": sorted(tree(version, scope)["executive"].dropna().unique()),
    }


def begun(version: str, scope: str, day: date) -> list[str]:
    """The quarters that hold goals and have begun on the day, in order: of those to come there is nothing to say."""
    return [label for label in choices(version, scope)["quarters"] if quarter(version, label).starts_on <= day]


def first_day(version: str, scope: str) -> date:
    """The day on which the first quarter with goals began: before it nothing can be known of any."""
    return quarter(version, choices(version, scope)["quarters"][0]).starts_on


@lru_cache(maxsize=VERSIONS_KEPT)
def short_names(version: str, scope: str) -> dict[str, str]:
    """Each team's name by its path; the path itself where two teams share a name."""
    rows = teams(version, scope)
    alike = rows["name"].duplicated(keep=False)
    return dict(zip(rows["path"], rows["name"].mask(alike, rows["path"]), strict=True))


def quarter(version: str, label: str) -> Cycle:
    """The quarter of that label."""
    return quarter_of(label, policy(version))


def quarter_of(label: str, limits: Policy) -> Cycle:
    """The same under a policy that is at hand: a page asks a hundred times."""
    span = parse(label, first_month=limits.cycle.first_month)
    if span is None:
        raise ValueError(f"{label} is no quarter")
    return span


@lru_cache(maxsize=VERSIONS_KEPT)
def depths(version: str, scope: str) -> dict[str, int]:
    """How many teams stand above each, by its path."""
    steps = lineage(teams(version, scope)).groupby("team_id")["steps"].max()
    rows = tree(version, scope)
    return dict(zip(rows["path"], steps.loc[rows["team_id"]].astype(int), strict=True))


@lru_cache(maxsize=VERSIONS_KEPT)
def tree(version: str, scope: str) -> pd.DataFrame:
    """The teams in the tree's order, each with the executive in charge of it."""
    rows = teams(version, scope).drop_duplicates("team_id").set_index("team_id", drop=False)
    rows = rows.assign(executive=executives(teams(version, scope)))
    return rows.loc[in_tree_order(rows.reset_index(drop=True))].reset_index(drop=True)
