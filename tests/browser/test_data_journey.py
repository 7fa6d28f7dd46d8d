"""A reader without a terminal: drops an odd file, says what its columns hold, loads it, sees it, takes it back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE, served, settled
from tests.pipelines.files import write_workbook

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("company")]

Visit = Callable[..., Page]
ODD = [
    ["大目标", "小目标", "哪个部门", "打分情况"],
    ["把新客户的口碑做好", "客户推荐率达到 60%", "华东销售", 0.7],
    ["把新客户的口碑做好", "回访 200 家客户", "华东销售", 0.9],
    ["让报表每天自动生成", "报表自动化 12 张", "数据平台", 0.5],
    ["让报表每天自动生成", None, "数据平台", 0.5],
]
FIELDS = ("objective.title", "key_result.title", "team", "key_result.score")
WORDS = {
    "en-US": {
        "check": "Check", "cycle": "Cycle of all rows, since nothing states it", "load": "Load 1 file",
        "would": "Rows: 4, of which 3 kept, 1 set aside", "loaded": "Loaded as batch 1", "undo": "Take back…",
        "sure": "Yes, take batch 1 back", "undone": "Nothing is loaded yet", "completion": "Completion",
        "data": "Data",
    },
    "zh-CN": {
        "check": "检查", "cycle": "所有行的周期（文件中没有写明）", "load": "载入 1 个文件",
        "would": "共 4 行：保留 3，搁置 1", "loaded": "已载入为批次 1", "undo": "撤回……",
        "sure": "确认撤回批次 1", "undone": "尚未载入任何数据", "completion": "完成情况", "data": "数据",
    },
}  # fmt: skip
HEADER_HIGH, ROW_HIGH = 35, 62
HOLDS, TO_THE_RIGHT = 3, 60 + 110 + 170 + 60
"""The column in which a reader says what a column holds, and how far to the right it begins."""


@pytest.fixture
def fresh_address(tmp_path: Path) -> Iterator[str]:
    yield from served(tmp_path / "warehouse", tmp_path / "log")


def choose_field(page: Page, grid: Locator, row: int, field: str) -> None:
    """A cell drawn on a canvas is found by its place; what it holds stands in a table for screen readers."""
    cell = grid.locator(f"#glide-cell-{HOLDS}-{row}")
    for _ in range(3):
        box = grid.locator("canvas").first.bounding_box()
        assert box
        page.mouse.dblclick(box["x"] + TO_THE_RIGHT, box["y"] + HEADER_HIGH + (row + 0.5) * ROW_HIGH)
        page.wait_for_timeout(500)
        page.keyboard.type(field)
        page.wait_for_timeout(500)
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        if field in (cell.text_content() or ""):
            return
    pytest.fail(f"the field {field} could not be chosen in row {row}")


@pytest.mark.parametrize("locale", ["zh-CN", pytest.param("en-US", marks=pytest.mark.thorough)])
def test_an_odd_file_is_dropped_corrected_loaded_seen_and_taken_back(
    fresh_address: str, visit: Visit, tmp_path: Path, locale: str
) -> None:
    words, path = WORDS[locale], write_workbook(tmp_path / "年中复盘.xlsx", 回顾=ODD)
    page = visit(f"{fresh_address}/data", locale=locale)
    page.set_viewport_size({"width": 1440, "height": 1600})
    page.set_input_files("input[type=file]", str(path))
    page.get_by_role("button", name=words["check"]).wait_for()
    settled(page)
    grid = page.locator('[data-testid="stDataFrame"]').filter(has=page.locator("#glide-cell-6-0"))
    for row, field in enumerate(FIELDS):
        choose_field(page, grid, row, field)
    page.get_by_label(words["cycle"]).fill("2026-Q3")
    page.get_by_role("button", name=words["check"]).click()
    expect(page.locator("body")).to_contain_text(words["would"], timeout=PATIENCE)
    page.get_by_role("button", name=words["load"]).click()
    expect(page.locator("body")).to_contain_text(words["loaded"], timeout=PATIENCE)

    page.get_by_role("link", name=words["completion"], exact=True).click()
    expect(page.locator("h1").first).to_contain_text("2026-Q3", timeout=PATIENCE)
    expect(page.locator("body")).to_contain_text("65%")

    page.get_by_role("link", name=words["data"], exact=True).click()
    page.get_by_role("button", name=words["undo"]).click()
    page.get_by_role("button", name=words["sure"]).click()
    expect(page.locator("body")).to_contain_text(words["undone"], timeout=PATIENCE)


def test_without_a_warehouse_the_first_page_leads_to_dropping_files(empty_address: str, visit: Visit) -> None:
    page = visit(empty_address)
    page.get_by_role("link", name="Or drop files on the page Data").click()
    expect(page.locator("h1").first).to_contain_text("Data", timeout=PATIENCE)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
