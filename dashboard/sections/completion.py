"""The parts of the page Completion that speak of teams."""

from dashboard import filters, panels
from dashboard.charts import change, heatmap
from dashboard.grids import completion as grids
from dashboard.grids.changes import printed
from dashboard.summaries import completion as summary
from dashboard.tables import completion
from dashboard.tables.facts import MOST_LISTED
from dashboard.visit import Visit


def by_quarter(visit: Visit, span: list[str], basis: str) -> None:
    """Each team in each quarter, and what changed over all teams and over the same ones."""
    words, key = visit.words, visit.key(*span)
    cells = completion.by_team_and_quarter(*key)
    if cells.empty:
        return
    upper, note = panels.upper_teams(visit, cells)
    figure = heatmap.teams_by_quarter(upper, wording=words, ink=filters.ink(), sweet_spot=visit.sweet_spot())
    panels.chart(summary.cells_title(visit, cells, span[-1]), figure, summary.cells_note(visit), *note, basis)
    changes = completion.changes(*key, "all")
    if len(changes):
        panels.chart(summary.changes_title(visit, changes), change.all_and_same(changes, wording=words), basis)


def by_team(visit: Visit, span: list[str], before: str | None, quarter: str, basis: str) -> None:
    """The teams' averages with the line of all quarters; where there are too many to read, the file has them all."""
    teams = completion.by_team(*visit.key(*span, quarter))
    upper, note = panels.upper_teams(visit, teams, most=MOST_LISTED)
    rows = summary.team_rows(upper, span, before, quarter)
    if rows.empty:
        return
    columns = grids.teams(visit, rows, quarter)
    panels.table(visit.words.say("Teams, each with all below it"), printed(rows), columns, *note, basis)
    if note:
        panels.download(visit, lambda: summary.team_rows(teams, span, before, quarter), columns, f"teams-{quarter}")


def scores(visit: Visit, quarter: str, basis: str) -> None:
    """How each team's own scores lie."""
    bins = completion.score_bins(*visit.key(quarter))
    if bins.empty:
        return
    upper, note = panels.upper_teams(visit, bins)
    figure = heatmap.scores_by_team(upper, wording=visit.words, sweet_spot=visit.sweet_spot())
    panels.chart(summary.bins_title(visit, quarter), figure, summary.bins_note(visit), *note, basis)
