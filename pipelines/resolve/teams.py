"""Teams: one tree from the sheet of teams, from paths and from plain names."""

from dataclasses import dataclass

import pandas as pd

from pipelines.problems import rule
from pipelines.resolve.findings import findings, together
from pipelines.resolve.tree import Node, Place, Tree, composed, steps
from pipelines.schema import PLACE, TEAM, conform
from pipelines.texts import normal

CIRCLE = rule(
    "team_circle",
    "doubtful",
    "the team “{value}” stands above itself; it is shown at the top. Correct its parent team.",
)
AMBIGUOUS = rule(
    "team_ambiguous",
    "doubtful",
    "“{value}” may mean {candidates}; the row counts for none of them. Write the whole path or the id.",
)

PLACES = [column.name for column in PLACE]


@dataclass(frozen=True)
class Teams:
    """The table `team`, how texts map to its ids and labels, and what was found wrong."""

    frame: pd.DataFrame
    ids: dict[str, str]
    labels: dict[str, str]
    problems: pd.DataFrame

    @property
    def texts(self) -> pd.DataFrame:
        """The texts that mean one team: text, team_id."""
        return pd.DataFrame({"text": list(self.ids), "team_id": list(self.ids.values())}, dtype="str")


def resolve_teams(declared: pd.DataFrame, mentions: pd.DataFrame) -> Teams:
    """The teams that the rows of `team` declare and that other rows mention (column `team`), as one tree."""
    tree, rows = Tree(), _records(declared)
    circles = _hang(tree, rows, _declare(tree, rows))
    parents = declared.drop(columns="team").rename(columns={"parent_team": "team"})
    mentions = pd.concat([parents[["team", *PLACES]], mentions[["team", *PLACES]]]).dropna(subset="team")
    for mention in _longest_first(mentions):
        tree.grow(str(mention["team"]), mention)
    texts = pd.concat([declared["team"].dropna(), mentions["team"]]).unique()
    found = {text: tree.find(text) for text in texts}
    ids = {text: nodes[0].team_id for text, nodes in found.items() if len(nodes) == 1}
    labels = {node.team_id: label for node, label in tree.labels().items()}
    return Teams(_frame(tree), ids, labels, together([circles, _ambiguous(mentions, found)]))


def _declare(tree: Tree, rows: list[Place]) -> list[Node]:
    """The node of each row: one per id, or per name and parent as written; later values that are not blank win."""
    known: dict[tuple[str, ...], Node] = {}
    names = {str(row["team_id"]): _text(row) for row in rows if row["team_id"]}
    nodes = {}
    # Rows that say more come first, so that a bare name finds the team it speaks of whatever the order of files.
    for place in sorted(range(len(rows)), key=lambda place: _says_little(rows[place])):
        nodes[place] = _declared(tree, known, rows[place], names)
    for place, row in enumerate(rows):
        node = nodes[place]
        node.overlay(row)
    return [nodes[place] for place in range(len(rows))]


def _says_little(row: Place) -> tuple[bool, bool]:
    return (row["team_id"] is None, _parent(row) is None)


def _declared(tree: Tree, known: dict[tuple[str, ...], Node], row: Place, names: dict[str, str]) -> Node:
    text, team_id, parent = _text(row), row["team_id"], _parent(row) or ""
    by_name = ("name", normal(text), normal(names.get(parent, parent)))
    identity = ("id", str(team_id)) if team_id else by_name
    if identity not in known and not team_id and not parent and len(found := tree.find(text)) == 1:
        known[identity] = found[0]
    if identity not in known:
        path = text if row["parent_team"] is None and len(steps(text)) > 1 else None
        name = steps(text)[-1][0] if path else text
        known[identity] = tree.add(Node(name, row, str(team_id) if team_id else None, given=path))
    return known.setdefault(by_name, known[identity]) if team_id else known[identity]


def _text(row: Place) -> str:
    return str(row["team"] or row["team_id"]).strip()


def _parent(row: Place) -> str | None:
    """The team above as written: in its own column, or as the front of a path."""
    along = steps(_text(row))
    return str(row["parent_team"]) if row["parent_team"] else along[-2][1] if len(along) > 1 else None


def _hang(tree: Tree, rows: list[Place], nodes: list[Node]) -> pd.DataFrame:
    """Put each declared team under the one it names; circles are cut and reported."""
    circles = []
    for row, node in zip(rows, nodes, strict=True):
        parent = _parent(row)
        above = tree.grow(parent, row) if parent else node.above
        if above is not None and node in above.chain():
            circles.append(row)
        elif above is not node.above:
            tree.hang(node, above)
    return findings(CIRCLE, pd.DataFrame(circles), "parent_team", value="team") if circles else together([])


def _longest_first(mentions: pd.DataFrame) -> list[Place]:
    """One mention per text, paths before the names they end in, so that the order of files does not matter."""
    once = _records(mentions.dropna(subset="team").drop_duplicates("team"))
    return sorted(once, key=lambda mention: -len(steps(str(mention["team"]))))


def _ambiguous(mentions: pd.DataFrame, found: dict[str, list[Node]]) -> pd.DataFrame:
    several = {text: "; ".join(composed(node) for node in nodes) for text, nodes in found.items() if len(nodes) > 1}
    rows = mentions[mentions["team"].isin(list(several))]
    rows = rows.assign(candidates=rows["team"].map(several))
    return findings(AMBIGUOUS, rows, "team", value="team", details={"candidates": "candidates"})


def _frame(tree: Tree) -> pd.DataFrame:
    labels = tree.labels()
    rows = [
        {name: node.place[name] for name in PLACES}
        | {"team_id": node.team_id, "name": node.name, "kind": node.kind, "path": labels[node]}
        | {"executive": node.executive, "parent_team_id": node.above.team_id if node.above else None}
        for node in tree.nodes
    ]
    return conform(pd.DataFrame(rows, columns=TEAM.names), TEAM.columns)


def _records(frame: pd.DataFrame) -> list[Place]:
    """The rows as mappings with None for what is missing."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[return-value]
