"""Two dashboards behind nginx, as `dashboard/nginx.conf` sets them up: one address, and each reader on one of them."""

import getpass
import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import dashboard
from pipelines.ingest import ingest
from tests.pipelines.files import OBJECTIVES, write_csv
from tests.reader import Answer, Click, Reader, done, reading
from tests.serving import Server, free_port, serving, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("replicas")]

EXAMPLE = Path(dashboard.__file__).with_name("nginx.conf")
# Everything that nginx writes goes below its prefix, so that it needs no rights of its own.
AROUND = """
daemon off;
user {user};
pid nginx.pid;
error_log error.log;
events {{}}
http {{
    log_format replicas "$okr_reader $upstream_addr $status $uri";
    access_log access.log replicas;
    client_body_temp_path body; proxy_temp_path proxied;
    fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
    include okr.conf;
}}
"""
MOST_READERS = 24
"""With so many, one replica without any is a matter of one in eight million."""

PAGE = Click("completion")
Visit = Callable[..., Page]


@contextmanager
def together(folder: Path, replicas: list[Server]) -> Iterator[int]:
    """The port of nginx before the replicas, by the example but for the ports."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "nginx is missing: `make test` installs it"
    port = free_port()
    ports = {"listen 80;": f"listen 127.0.0.1:{port};"}
    ports |= {f":{8501 + n};": f":{replica.address.rsplit(':')[-1]};" for n, replica in enumerate(replicas)}
    text = EXAMPLE.read_text(encoding="utf-8")
    for written, instead in ports.items():
        assert text.count(written) == 1
        text = text.replace(written, instead)
    (folder / "okr.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(user=getpass.getuser()), encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    with subprocess.Popen(command) as nginx:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", nginx)
            yield port
        finally:
            nginx.terminate()


def load(data: Path, folder: Path, score: float) -> None:
    path = write_csv(folder / "objectives.csv", OBJECTIVES, ["o1", "2025-Q1", "Sales", "Grow", score])
    ingest([path], data, today=date(2026, 1, 1))


def replicas_of_readers(log: Path) -> dict[str, set[str]]:
    """Which replicas answered each reader."""
    found = defaultdict(set)
    for line in log.read_text(encoding="utf-8").splitlines():
        reader, replica, status, place = line.split(" ")
        # The pages look for their server in several places, so that some are not found.
        assert int(status) < 500, line
        if place != "/_stcore/health":
            found[reader].add(replica)
    return found


@pytest.fixture
def replicas(tmp_path: Path) -> Iterator[tuple[int, list[Server]]]:
    """The port of nginx, and two dashboards behind it that show one goal at 50 %."""
    load(tmp_path / "data", tmp_path / "first", 0.5)
    with (
        serving(tmp_path / "data", tmp_path / "one.log") as one,
        serving(tmp_path / "data", tmp_path / "two.log") as two,
    ):
        with together(tmp_path, [one, two]) as port:
            yield port, [one, two]
        assert (one.complaints(), two.complaints()) == (0, 0)


def stayed(log: Path, readers: int) -> bool:
    """Whether each of so many readers was on one replica, and all together on both."""
    found = replicas_of_readers(log)
    ones = [next(iter(replicas)) for replicas in found.values() if len(replicas) == 1]
    return len(found) == len(ones) == readers and len(set(ones)) == 2


async def read(address: str, log: Path, publish: Callable[[], None]) -> int:
    """How many readers it took until both replicas had some; they see a build, go, and come again."""
    async with AsyncExitStack() as stack:
        readers: list[Reader] = []
        while len(set().union(*replicas_of_readers(log).values())) < 2 and len(readers) < MOST_READERS:
            readers.append(await stack.enter_async_context(reading(address)))
        for reader in readers:
            assert says(await reader.click(PAGE), "50%")
        publish()
        for reader in readers:
            assert says(await reader.click(PAGE), "90%")
    for reader in readers:
        async with reading(address, reader.cookies) as again:
            assert says(await again.click(PAGE), "90%")
    return len(readers)


def says(answer: Answer, figure: str) -> bool:
    """Whether the page came without errors, and shows the figure and not the other one."""
    text = "\n".join(answer.texts)
    return not answer.errors and [word for word in ("50%", "90%") if word in text] == [figure]


def test_both_replicas_show_a_new_build_and_readers_stay_where_they_are(replicas, tmp_path: Path) -> None:
    port, _ = replicas
    log = tmp_path / "access.log"
    readers = done(read(f"http://127.0.0.1:{port}", log, lambda: load(tmp_path / "data", tmp_path / "second", 0.9)))
    assert stayed(log, readers)


@pytest.mark.thorough
def test_browsers_under_a_name_see_it_too(replicas, visit: Visit, tmp_path: Path) -> None:
    port, _ = replicas
    log, pages = tmp_path / "access.log", list[Page]()
    while len(set().union(*replicas_of_readers(log).values())) < 2 and len(pages) < MOST_READERS:
        # Under a name that is no address of the machine, which the dashboards do not know by themselves.
        pages.append(visit(f"http://okr.localhost:{port}/{PAGE.page}"))
    for page in pages:
        expect(page.locator("body")).to_contain_text("50%")
    load(tmp_path / "data", tmp_path / "second", 0.9)
    for page in pages:
        page.reload()
        expect(page.locator("body")).to_contain_text("90%")
    assert stayed(log, len(pages))
