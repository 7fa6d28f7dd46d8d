"""Rules that a team keeps or breaks as a whole, cycle by cycle; owners are counted and never named."""

import pandas as pd

from pipelines.lookup import looked_up
from pipelines.metrics.breaches import PLACE, Checked, breach, joined
from pipelines.metrics.grouping import groups_of, share, with_teams_above
from pipelines.metrics.scores import DECIMALS
from pipelines.texts import normalised


def objectives_per_owner(about: Checked) -> pd.DataFrame:
    """Teams of which owners have more (fewer) objectives in the cycle than the policy's most (fewest).

    found: the number of such owners; expected: 0, with the limit. Counted are the team's own objectives of the cycle
    that name an owner; where none is named nothing is found. Source: S0, S1 or S4, by policy.
    """
    limits, sources = about.policy.rules, about.policy.sources
    owners = _owners(about)
    sides = {
        "most_objectives": (owners["objectives"] > limits.most_objectives, f"0 (> {limits.most_objectives})"),
        "fewest_objectives": (owners["objectives"] < limits.fewest_objectives, f"0 (< {limits.fewest_objectives})"),
    }
    found = []
    for setting, (beyond, expected) in sides.items():
        rows = _per_team(owners[beyond])
        source = sources[f"rules.{setting}"]
        told = breach(rows, "objectives_per_owner", subject="team", found=rows["owners"], expected=expected,
                      source=source)  # fmt: skip
        found.append(told)
    return joined(found)


def bottom_up_share(about: Checked) -> pd.DataFrame:
    """Teams, each with all below it, of whose objectives too few came bottom-up in the cycle.

    found: the share of those whose origin is known, as in `alignment`; nothing where none is. Source: S1.
    """
    origin = about.results["origin"]
    rows = about.results.assign(up=origin == "bottom_up", known=origin != "unknown")
    # First each team's own, for the objectives are many times as many as the teams.
    own = groups_of(rows, PLACE)[["up", "known"]].sum().reset_index()
    table = groups_of(with_teams_above(own, about.history.team), PLACE)[["up", "known"]].sum().reset_index()
    table = table.assign(share=share(table["up"], table["known"]).round(DECIMALS))
    limit = about.policy.rules.bottom_up_share
    low = table[table["share"] < limit]
    source = about.policy.sources["rules.bottom_up_share"]
    return breach(low, "bottom_up_share", subject="team", found=low["share"], expected=f"≥ {limit:g}", source=source)


def _owners(about: Checked) -> pd.DataFrame:
    """How many objectives each owner has in each team and cycle."""
    stated = about.history.objective.set_index("objective_id")["owner"]
    named = about.results.assign(owner=normalised(looked_up(about.results["objective_id"], stated)))
    return groups_of(named.dropna(subset=["owner"]), [*PLACE, "owner"]).size().rename("objectives").reset_index()


def _per_team(owners: pd.DataFrame) -> pd.DataFrame:
    return groups_of(owners, PLACE).size().rename("owners").reset_index()
