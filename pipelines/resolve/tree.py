"""The tree of teams while it grows from what the files say, and finding a team by name, path or id."""

import re
from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field

from pipelines.texts import digest, normal

Place = dict[str, object]


@dataclass(eq=False)
class Node:
    """One team: its own name, the team above, and how the source names it."""

    name: str
    place: Place
    stated_id: str | None = None
    kind: str | None = None
    executive: str | None = None
    above: "Node | None" = None
    given: str | None = None
    number: int = 0
    below: "list[Node]" = field(default_factory=list)

    def chain(self) -> "list[Node]":
        """The team and all above it, nearest first."""
        nodes, node = [self], self.above
        while node is not None and node not in nodes:
            nodes.append(node)
            node = node.above
        return nodes

    def branch(self) -> "list[Node]":
        """The team and all below it."""
        return [self, *(node for child in self.below for node in child.branch())]

    def path(self) -> tuple[str, ...]:
        """The normal forms of the names from the top down to this team."""
        return tuple(normal(node.name) for node in reversed(self.chain()))

    def overlay(self, row: Place) -> None:
        """Take what a later row states; a blank never erases."""
        self.kind, self.executive = str(row["kind"] or "") or self.kind, str(row["executive"] or "") or self.executive
        self.place = row

    @property
    def team_id(self) -> str:
        """The source's id, or one derived from the path."""
        return self.stated_id or digest("t-", "\x1f".join(self.path()))


@dataclass
class Tree:
    """All teams in the order of their first mention."""

    nodes: list[Node] = field(default_factory=list)
    _by_id: dict[str, Node] = field(default_factory=dict)
    _by_ending: dict[tuple[str, ...], list[Node]] = field(default_factory=lambda: defaultdict(list))

    def find(self, text: str) -> list[Node]:
        """The teams the text may mean: by id, full path, or the end of a path; several where it is ambiguous."""
        if text in self._by_id:
            return [self._by_id[text]]
        for parts in {(normal(text),): None, tuple(normal(name) for name, _ in steps(text)): None}:
            found = self._by_ending.get(parts, [])
            if found:
                return [node for node in found if node.path() == parts] or found
        return []

    def grow(self, text: str, place: Place) -> Node | None:
        """The team the text means, made with those above it where they are new; none where it is ambiguous."""
        found = self.find(text)
        if not found:
            node: Node | None = None
            for name, prefix in steps(text):
                node = self._below(node, name, prefix, place)
            return node
        if len(found) == 1 and len(steps(text)) > 1 and normal(found[0].name) != normal(text):
            found[0].given = found[0].given or text.strip()
        return found[0] if len(found) == 1 else None

    def add(self, node: Node) -> Node:
        """The node, now part of the tree."""
        node.number = len(self.nodes)
        self.nodes.append(node)
        if node.above:
            node.above.below.append(node)
        if node.stated_id:
            self._by_id[node.stated_id] = node
        self._enter(node)
        return node

    def hang(self, node: Node, above: Node | None) -> None:
        """Put the team, with all below it, under another one."""
        branch = node.branch()
        for known in branch:
            self._leave(known)
        if node.above:
            node.above.below.remove(node)
        if above:
            above.below.append(node)
        node.above = above
        for known in branch:
            self._enter(known)

    def _below(self, above: Node | None, name: str, prefix: str, place: Place) -> Node:
        known = self.find(prefix)
        if len(known) == 1:
            return known[0]
        node = self._loose(above, name) or self.add(Node(name, place, above=above))
        if above is not None:
            node.given = node.given or prefix
            if node.above is not above:
                self.hang(node, above)
        return node

    def _loose(self, above: Node | None, name: str) -> Node | None:
        """The one team known so far by this name alone: it is the one a path speaks of."""
        named = self._by_ending.get((normal(name),), [])
        loose = [node for node in named if above is not None and node.above is None and node not in above.chain()]
        return loose[0] if len(loose) == 1 else None

    def _enter(self, node: Node) -> None:
        # In the order of first mention, whatever was hung where in between.
        for ending in _endings(node):
            insort(self._by_ending[ending], node, key=lambda known: known.number)

    def _leave(self, node: Node) -> None:
        for ending in _endings(node):
            self._by_ending[ending].remove(node)

    def labels(self) -> dict[Node, str]:
        """What is printed for each team: as the source gives it, or with the teams above that tell it from others."""
        return {node: self._label(node) for node in self.nodes}

    def _label(self, node: Node) -> str:
        names = [above.name for above in node.chain()]
        longer = (" / ".join(reversed(names[:count])) for count in range(2, len(names) + 1))
        labels = [node.given or node.name, *longer]
        return next((label for label in labels if self.find(label) == [node]), labels[-1])


def _endings(node: Node) -> list[tuple[str, ...]]:
    path = node.path()
    return [path[start:] for start in range(len(path))]


def steps(text: str) -> list[tuple[str, str]]:
    """Each name along a path with the path's text up to it; a plain name is one step."""
    parts = [(found.group().strip(), text[: found.end()].strip()) for found in re.finditer(r"[^/／]+", text)]
    return [part for part in parts if part[0]] or [(text.strip(), text.strip())]


def composed(node: Node) -> str:
    """The names from the top down to the team."""
    return " / ".join(above.name for above in reversed(node.chain()))
