"""What is wrong with an input: every rule once, and the one form in which a finding is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from pipelines.schema import PROBLEM, conform, empty
from pipelines.wording import translate

RULES: dict[str, "Rule"] = {}
MESSAGES = {"message": "en", "message_zh": "zh_CN"}


@dataclass(frozen=True)
class Rule:
    """One thing that can be wrong: how grave it is, and a message that ends with what to do."""

    code: str
    kind: str
    message: str


def rule(code: str, kind: str, message: str) -> Rule:
    """Enter a rule into the catalogue; extraction for translation knows this call."""
    if code in RULES:
        raise ValueError(f"the rule {code} is there already")
    RULES[code] = Rule(code, kind, message)
    return RULES[code]


@dataclass(frozen=True)
class Problem:
    """One finding: the rule, where it applies, and what was found there."""

    rule: Rule
    file: str
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    column: str | None = None
    value: str | None = None
    details: dict[str, object] = field(default_factory=dict)

    def message(self, language: str = "en") -> str:
        """What is wrong and what to do, in the language."""
        return translate(self.rule.message, language).format(**{**self._places(), **self.details})

    def told(self, language: str = "en") -> str:
        """The message with the place in front: file, sheet, cell."""
        place = [self.file, self.sheet, self.cell or (self.row and f"row {self.row}")]
        return f"{' · '.join(str(part) for part in place if part)}: {self.message(language)}"

    def record(self) -> dict[str, object]:
        """The finding as a row of the table `problem`."""
        places = self._places()
        values = {**places, **self.details}
        told = {name: translate(self.rule.message, language).format(**values) for name, language in MESSAGES.items()}
        return {**places, "kind": self.rule.kind, "rule": self.rule.code, **told}

    def _places(self) -> dict[str, object]:
        return {
            "file": self.file, "sheet": self.sheet, "row": self.row,
            "cell": self.cell, "column": self.column, "value": self.value,
        }  # fmt: skip


class InputError(Exception):
    """A file, sheet or setting that cannot be used as a whole; says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.told())
        self.problem = problem


def as_frame(problems: Iterable[Problem]) -> pd.DataFrame:
    """The findings as the table `problem`, without batches; no rows for none."""
    records = [problem.record() for problem in problems]
    return conform(pd.DataFrame(records), PROBLEM.columns) if records else empty(PROBLEM.columns)
