"""The page Data: files dropped, checked, loaded, replaced and taken back, by the real commands in their processes."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from dashboard import staging
from dashboard.summaries import mapping
from dashboard.summaries.data import SCALES, of_topic, rule_rows
from dashboard.tables import data
from dashboard.wording import Wording
from pipelines import batches, warehouse
from pipelines.ingest import ingest
from pipelines.problems import RULES
from pipelines.tidy.mapping import read_mapping
from tests.pages.conftest import TODAY
from tests.pages.reading import cells, said

HEADER = "objective_id,cycle,team,title,score\n"
GOALS = f"{HEADER}o1,2026-Q3,Sales,Grow,0.6\no2,2026-Q3,Sales,Last,0.7\n".encode()
CORRECTED = f"{HEADER}o1,2026-Q3,Sales,Grow,0.9\n".encode()
FAULTY = f"{HEADER}o1,2026-Q3,Sales,,0.6\no2,2026-Q3,Sales,Last,0.7\n".encode()
HIDDEN_FROM_PAGE = ("Traceback", 'File "')


def drop(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files])
    return alive(app.run())


def press(app: AppTest, label: str) -> AppTest:
    return alive(next(button for button in app.button if button.label == label).click().run())


def alive(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def told(app: AppTest) -> str:
    values = [element.value for kind in ("success", "warning") for element in app.get(kind)]
    return "\n".join([said(app), *values])


def test_the_first_file_is_dropped_seen_loaded_and_shown(opened, tmp_path):
    app = opened(tmp_path, "data")
    assert "Nothing is loaded yet" in told(app)
    drop(app, ("goals.csv", GOALS))
    assert "Would be loaded: 2 objectives. Rows: 2, of which 2 kept" in told(app)
    assert not batches.standing(tmp_path), "nothing is loaded before the button is pressed"
    press(app, "Load 1 file")
    assert "Loaded as batch 1. Rows: 2, of which 2 kept" in told(app)
    assert "uploads/goals.csv" in cells(app)
    assert not list((tmp_path / "uploads").iterdir())
    assert len(warehouse.table(warehouse.current(tmp_path), "objective")) == 2
    assert app.multiselect(key="quarters").options == ["2026-Q3"]


def test_what_would_be_set_aside_is_told_with_its_cell(opened, tmp_path):
    app = drop(opened(tmp_path, "data", locale="zh-CN"), ("goals.csv", FAULTY))
    assert "保留 1，搁置 1" in told(app)
    assert "D2" in cells(app)
    press(app, "载入 1 个文件")
    assert "已载入为批次 1" in told(app)


def test_a_corrected_file_replaces_the_faulty_one_only_when_told_so(opened, tmp_path, tmp_path_factory):
    path = staging.stage(tmp_path_factory.mktemp("dropped before"), "goals.csv", FAULTY)
    ingest([path], tmp_path, today=TODAY, build=False)
    app = drop(opened(tmp_path, "data"), ("goals.csv", CORRECTED))
    assert "counts already (batch 1)" in told(app)
    assert next(button for button in app.button if button.label == "Load 1 file").disabled
    app.radio(key="succession").set_value("Replace it: this is the corrected file").run()
    press(app, "Load 1 file")
    assert list(data.loads()["replaced_by"].astype(object).where(data.loads()["replaced_by"].notna(), None)) == [
        None,
        2,
    ]
    assert "replaced by 2" in cells(app)


@pytest.mark.thorough
def test_the_same_file_again_is_known(opened, tmp_path):
    app = opened(tmp_path, "data")
    press(drop(app, ("goals.csv", GOALS)), "Load 1 file")
    drop(app, ("goals.csv", GOALS))
    assert "This very file is loaded already" in told(app)
    assert next(button for button in app.button if button.label == "Load").disabled


def test_a_file_of_the_same_name_loaded_from_elsewhere_is_spoken_of(opened, tmp_path):
    path = tmp_path / "reports" / "goals.csv"
    path.parent.mkdir()
    path.write_bytes(FAULTY)
    ingest([path], tmp_path / "data", today=TODAY)
    app = drop(opened(tmp_path / "data", "data"), ("goals.csv", CORRECTED))
    assert "is loaded from another folder: reports/goals.csv" in told(app).replace("\\", "")


def test_a_batch_is_taken_back_after_a_second_question(opened, tmp_path):
    app = opened(tmp_path, "data")
    press(drop(app, ("goals.csv", GOALS), ("more.csv.gz", gzip.compress(CORRECTED))), "Load 2 files")
    assert len(batches.standing(tmp_path)) == 1
    press(app, "Yes, take batch 1 back")
    assert "Batch 1 is withdrawn" in told(app).replace("\\", "")
    assert not batches.standing(tmp_path)


@pytest.mark.thorough
def test_another_load_at_work_is_told_and_the_files_stay(opened, tmp_path):
    app = drop(opened(tmp_path, "data"), ("goals.csv", GOALS))
    with batches.locked(tmp_path):
        press(app, "Load 1 file")
    assert "another load" in told(app)
    press(app, "Load 1 file")
    assert "Loaded as batch 1" in told(app)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
    return packed.getvalue()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0", ".xlsx"),
        ("cut.xlsx", b"PK\x03\x04 cut off", "Nothing of this file"),
        ("empty.csv", b"", "Nothing of this file"),
        ("bomb.xlsx", bomb, "Nothing of this file"),
        ("../../CURRENT", b"okr-000009", "Nothing of this file"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_page_lives_on(opened, tmp_path, name, content, reason):
    app = drop(opened(tmp_path, "data"), (name, content() if callable(content) else content))
    page = told(app) + cells(app)
    assert reason in page
    assert not [word for word in HIDDEN_FROM_PAGE if word in page]
    assert not (tmp_path / "CURRENT").exists()
    press(drop(app, ("goals.csv", GOALS)), "Load 1 file")
    assert "Loaded as batch 1" in told(app)


def test_read_only_pages_take_no_files(opened, sample, monkeypatch):
    monkeypatch.setenv("OKR_READ_ONLY", "1")
    app = opened(sample, "data")
    assert not app.file_uploader
    assert "These pages only show" in told(app)
    assert "Take back" not in " ".join(button.label for button in app.button)


def test_problems_are_narrowed_by_kind(opened, sample):
    app = opened(sample, "data")
    assert "2 things to look at" in told(app)
    app.segmented_control(key="topic").set_value("Waiting").run()
    assert "Nothing of this kind" in told(alive(app))


def test_topics_and_rules_count_what_there_is(sample):
    found = warehouse.table(warehouse.current(sample), "problem")
    assert len(of_topic(found, "set_aside")) == 2
    assert of_topic(found, "scales").empty
    assert set(SCALES) <= set(RULES)
    assert rule_rows(Wording("en"), found)["count"].sum() == len(found)


def test_names_are_made_safe_and_stay_what_they_are():
    assert staging.safe_name("年中 复盘.xlsx") == "年中 复盘.xlsx"
    assert staging.safe_name("..\\..\\a/b/.hidden.csv") == "hidden.csv"
    assert staging.safe_name("../..") == "file"
    assert len(staging.safe_name("目" * 200 + ".csv").encode()) <= staging.LONGEST_NAME
    assert staging.safe_name("目" * 200 + ".csv").endswith(".csv")


def test_what_was_dropped_and_not_loaded_is_removed_after_a_day(tmp_path, monkeypatch):
    path = staging.stage(tmp_path, "goals.csv", GOALS)
    assert path.parts[-2:] == ("uploads", "goals.csv")
    staging.sweep(tmp_path)
    assert path.read_bytes() == GOALS
    monkeypatch.setattr(staging, "KEPT_SECONDS", -1)
    staging.sweep(tmp_path)
    assert not path.exists()


SHEET = {
    "sheet": "三季度 \"A\"", "fields": {"objective.title": ["objective", "目标"], "score": ["score"]},
    "columns": [
        {"letters": "A", "header": "大\"目标", "field": "", "values": "", "evidence": ""},
        {"letters": "B", "header": "得分", "field": "score", "values": "3", "evidence": ""},
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_corrections_become_a_mapping_file_that_the_commands_read(tmp_path: Path, language: str) -> None:
    words = Wording(language)
    edited = mapping.rows(words, SHEET)
    assert mapping.corrections(words, SHEET, edited) == {}
    edited.loc[0, "field"] = mapping.field_labels(words, SHEET)["objective.title"]
    edited.loc[1, ["low", "high"]] = [3.0, 5.0]
    entry = mapping.corrections(words, SHEET, edited)
    assert entry == {"columns": {'大"目标': "objective.title"}, "scales": {"score": [3.0, 5.0]}}
    path = tmp_path / "odd.toml"
    path.write_text(mapping.mapping_text({SHEET["sheet"]: {"like": "flat", "header_row": 2, **entry}, "x": {}}))
    (layout,) = read_mapping(path).layouts
    assert (layout.own.sheet, layout.own.header_row) == (SHEET["sheet"], 2)
    assert layout.own.scales == {"score": (3.0, 5.0)}


def workbook(**sheets: list[list[object]]) -> bytes:
    """A workbook of these sheets; one whose name begins with `hidden` is hidden."""
    book, packed = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name.startswith("hidden") else "visible"
        for row in rows:
            sheet.append(row)
    book.save(packed)
    return packed.getvalue()


def layout_choice(app: AppTest) -> Selectbox:
    return next(box for box in app.selectbox if box.label.startswith("What one row is"))


TITLED = [["OKR"], ["Objective", "Key result", "Team", "Cycle", "Score"], ["Grow", "More", "Sales", "2026-Q3", 0.6]]


@pytest.mark.thorough
def test_hidden_sheets_are_told_and_loaded_where_asked(opened, tmp_path):
    app = drop(opened(tmp_path, "data"), ("goals.xlsx", workbook(goals=TITLED, hidden=TITLED)))
    assert "hidden: hidden, so left out" in told(app)
    assert "Rows: 4, of which 1 kept" in told(app)
    app.checkbox[-1].check()
    press(app, "Check")
    assert "Rows: 2, of which 2 kept" in told(app)
    press(app, "Load 1 file")
    assert list(data.loads()["kept"]) == [1, 1]


@pytest.mark.thorough
def test_another_layout_or_header_row_is_tried_with_a_check(opened, tmp_path):
    app = drop(opened(tmp_path, "data"), ("goals.xlsx", workbook(goals=TITLED)))
    assert "each row is a key result, the objective repeated or merged" in told(app)
    assert app.number_input[0].value == 2
    app.number_input[0].set_value(1)
    press(app, "Check")
    assert "Nothing of this file" in told(app)
    app.number_input[0].set_value(2)
    layout_choice(app).set_value("objectives")
    press(app, "Check")
    assert "Would be loaded: 1 objective." in told(app)
    press(app, "Load 1 file")
    assert len(warehouse.table(warehouse.current(tmp_path), "objective")) == 1
    assert warehouse.table(warehouse.current(tmp_path), "key_result").empty


@pytest.mark.thorough
def test_a_cycle_that_nothing_states_is_asked_for(opened, tmp_path):
    rows = [["Objective", "Key result", "Team", "Score"], ["Grow", "More", "Sales", 0.6]]
    app = drop(opened(tmp_path, "data"), ("plan.xlsx", workbook(plan=rows)))
    assert "each row is a key result, its objective elsewhere" in told(app)
    layout_choice(app).set_value("flat")
    app.text_input[0].set_value("autumn")
    press(app, "Check")
    assert "names no cycle" in told(app)
    app.text_input[0].set_value("2026-Q3")
    press(app, "Check")
    assert "Would be loaded: 1 objective, 1 key result." in told(app)


@pytest.mark.thorough
def test_files_read_in_different_ways_are_batches_of_their_own(opened, tmp_path):
    rows = [["Objective", "Key result", "Team", "Score"], ["Grow", "More", "Sales", 0.6]]
    app = drop(opened(tmp_path, "data"), ("goals.csv", GOALS), ("odd.xlsx", workbook(goals=rows)))
    app.text_input[0].set_value("2026-Q3")
    presses = [button for button in app.button if button.label == "Check"]
    alive(presses[-1].click().run())
    press(app, "Load 2 files")
    assert sorted(load.name for batch in batches.standing(tmp_path) for load in batch.files) == [
        "uploads/goals.csv", "uploads/odd.xlsx",
    ]  # fmt: skip
    assert "Loaded as batch 1" in told(app)
    assert "Loaded as batch 2" in told(app)
