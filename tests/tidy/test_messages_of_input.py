"""Every finding about a file or sheet is told in both languages, with the same places filled in."""

import string

import pytest

from pipelines.problems import Rule
from pipelines.sources import rules as file_rules
from pipelines.tidy import row_cycles, tidying, weights
from pipelines.tidy import rules as sheet_rules
from pipelines.tidy.cells import shares
from pipelines.wording import translate

RULES = [rule for module in (file_rules, sheet_rules) for rule in vars(module).values() if isinstance(rule, Rule)]
DECISIONS = [tidying.UNUSED, shares.READ_AS, weights.PROPORTIONS, row_cycles.FROM_AROUND]


def places(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("message", [*(rule.message for rule in RULES), *DECISIONS])
def test_a_message_has_a_chinese_form_with_the_same_places(message: str) -> None:
    chinese = translate(message, "zh_CN")
    assert chinese != message
    assert places(chinese) == places(message)
