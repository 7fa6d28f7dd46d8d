"""The law that no row is lost: rows in = kept + set aside + skipped, for whatever a sheet holds."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.problems import InputError

CELLS = st.sampled_from(
    [
        None,
        None,
        "Grow",
        "Keep",
        "2026-Q3",
        "2026-07-05",
        "0.5",
        "30%",
        "80",
        "#N/A",
        "x",
        " ",
        "合计",
        "承诺型",
        "-",
        "o1",
    ]
)
HEADERS = st.sampled_from(
    [
        ["cycle", "objective", "key result", "score", "weight"],
        ["周期", "目标", "关键成果", "完成度", "负责人"],
        ["key_result", "date", "value", "confidence", "note"],
        ["objective_id", "title", "cycle", "level", "parent"],
        ["kr_id", "objective_id", "text", "start", "target"],
        ["team", "parent_team", "executive", "kind", "else"],
        ["objective", "parent", "relation", "team", "else"],
    ]
)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[list[str | None]], tuple[tuple[int, int, int, int], ...]]:
    header = draw(HEADERS)
    titles = draw(st.sampled_from([[], [["Goals 2026-Q3", None, None, None, None]]]))
    body = draw(st.lists(st.one_of(st.lists(CELLS, min_size=5, max_size=5), st.just(header)), max_size=8))
    repeated = body + draw(st.lists(st.sampled_from(body), max_size=3)) if body else body
    first = len(titles) + 2
    merged = draw(
        st.sampled_from([(), ((first, 1, first + 2, 1),), ((first, 0, first + 1, 0), (first, 3, first + 1, 3))])
    )
    return [*titles, header, *repeated], merged


@settings(max_examples=60, deadline=None)
@given(content=sheets())
def test_every_row_is_kept_set_aside_or_skipped(tidied, content) -> None:
    rows, merged = content
    try:
        sheet = tidied(*rows, file="2026-Q3.csv", merged=merged)
    except InputError:
        return
    assert sheet.rows_in == sheet.kept + sheet.set_aside + sheet.skipped
    assert min(sheet.kept, sheet.set_aside, sheet.skipped) >= 0
    rows_aside = {problem.row for problem in sheet.problems if problem.rule.kind == "set_aside"}
    rows_kept = {int(row) for frame in sheet.facts.values() for row in frame["row"]}
    assert len(rows_aside) == sheet.set_aside
    assert not rows_aside & rows_kept
    assert len(rows_kept) <= sheet.kept
    assert all(problem.message("zh_CN") for problem in sheet.problems)


@settings(max_examples=10, deadline=None)
@given(content=sheets())
def test_tidying_twice_gives_the_same_and_leaves_the_sheet_as_it_was(tidied, content) -> None:
    rows, merged = content
    try:
        first = tidied(*rows, file="2026-Q3.csv", merged=merged)
    except InputError:
        return
    again = tidied(*rows, file="2026-Q3.csv", merged=merged)
    assert first.facts.keys() == again.facts.keys()
    for name, frame in first.facts.items():
        pd.testing.assert_frame_equal(frame, again.facts[name])
