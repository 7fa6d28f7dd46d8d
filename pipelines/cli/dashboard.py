"""The command `okr dashboard`: serves the pages until it is stopped."""

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

import click

from pipelines.cli.options import data_option, today
from pipelines.cli.printing import say
from pipelines.wording import command_language, mark, translate

SETTINGS = {
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "logger.hideWelcomeMessage": "true",
}
PATIENCE = 10.0


@click.command(epilog="Example: okr dashboard --port 8600")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535), help="Port on this machine.")
@data_option
@click.pass_context
def dashboard(context: click.Context, port: int, data_dir: Path) -> None:
    """Serve the pages on this machine; Ctrl-C ends it."""
    today()
    entry = _entry()
    environment = {**os.environ, "OKR_DATA": str(data_dir.absolute()), "STREAMLIT_SERVER_PORT": str(port)}
    # Goals are not for everyone on the network; whoever means to share them says so in the environment.
    environment.setdefault("STREAMLIT_SERVER_ADDRESS", "localhost")
    say(mark("The pages are at {address} (Ctrl-C ends it)."), address=f"http://localhost:{port}")
    flags = [f"--{name}={value}" for name, value in SETTINGS.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(entry), *flags]
    # From the folder above the package, because Streamlit looks for its theme in .streamlit of the working directory.
    context.exit(_served(command, environment, entry.parents[1]))


def _entry() -> Path:
    """The script to serve, found without importing what draws."""
    found = importlib.util.find_spec("dashboard")
    if found is None or found.origin is None:
        raise click.ClickException(translate(mark("The pages are not installed."), command_language()))
    return Path(found.origin).with_name("app.py")


def _served(command: list[str], environment: dict[str, str], folder: Path) -> int:
    """Run until it ends; being told to stop is no failure, and nothing is left running."""
    with subprocess.Popen(command, env=environment, cwd=folder) as server:  # noqa: S603 - our own interpreter
        before = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            return server.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            _end(server)
            for number, handler in before.items():
                signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is None:
        server.terminate()
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
