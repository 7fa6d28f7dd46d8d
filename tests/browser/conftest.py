"""A dashboard served by `okr dashboard` on loopback, and Debian's Chromium to look at it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pipelines.demo.timeline import TODAY
from tests.serving import serving

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000
"""Milliseconds: on a busy machine a page may need many times what it usually does."""
expect.set_options(timeout=PATIENCE)

Visit = Callable[..., Page]


def served(data_dir: Path, log: Path) -> Iterator[str]:
    with serving(data_dir, log, OKR_TODAY=TODAY.isoformat()) as server:
        yield server.address


@pytest.fixture(scope="session")
def address(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(company, tmp_path_factory.mktemp("said") / "log")


@pytest.fixture(scope="session")
def empty_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from served(tmp_path_factory.mktemp("nothing"), tmp_path_factory.mktemp("said") / "log")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "Chromium is missing: `make test` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Opens an address as a reader with a language would, and fails on any error the page shows."""
    contexts = []

    def open_page(address: str, *, locale: str = "en-US", width: int = 1440) -> Page:
        context = chromium.new_context(locale=locale, viewport={"width": width, "height": 1000}, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        settled(page)
        return page

    yield open_page
    for context in contexts:
        assert not any(page.locator('[data-testid="stException"]').count() for page in context.pages)
        context.close()


def settled(page: Page) -> None:
    """Wait until the page has a title, the server has finished its run, and the browser has drawn all it was sent."""
    page.locator("h1").first.wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    # Parts whose code is still being fetched hold their place with a skeleton, and come in any order.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
