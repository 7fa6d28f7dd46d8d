"""The command `okr dashboard`: serves the pages until it is stopped."""

import errno
import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path

import click

from pipelines.cli.options import data_option, today
from pipelines.cli.printing import say
from pipelines.cli.stopping import interrupted_by_either_signal
from pipelines.problems import InputError, Problem, rule
from pipelines.wording import command_language, mark, translate

# Streamlit would look through everything in memory for garbage after each run, which costs as much as many a page;
# Python does so itself when enough has come together.
SETTINGS = {
    "runner.postScriptGC": "false",
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "logger.hideWelcomeMessage": "true",
}
PATIENCE = 10.0
TAKEN = rule(
    "port_taken",
    "set_aside",
    "another program serves at this port already, perhaps these very pages. Stop it, or choose another port, such as "
    "--port {other}.",
)
NOT_ALLOWED = rule(
    "port_not_allowed",
    "set_aside",
    "the system does not let you serve at this port. Choose another, such as --port {other}.",
)
REFUSALS = {errno.EADDRINUSE: TAKEN, errno.EACCES: NOT_ALLOWED}


@click.command(epilog="Example: okr dashboard --port 8600")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535), help="Port on this machine.")
@click.option("--read-only", is_flag=True, help="Show only: nobody loads files or takes them back on the pages.")
@data_option
@click.pass_context
def dashboard(context: click.Context, port: int, read_only: bool, data_dir: Path) -> None:
    """Serve the pages on this machine; Ctrl-C ends it."""
    # Goals are not for everyone on the network; whoever means to share them says so in the environment.
    host = os.environ.get("STREAMLIT_SERVER_ADDRESS", "localhost")
    _refuse_taken(host, port)
    today()
    entry = _entry()
    serving = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_ADDRESS": host}
    environment = {**os.environ, "OKR_DATA": str(data_dir.absolute()), **serving}
    environment |= {"OKR_READ_ONLY": "1"} if read_only else {}
    say(mark("The pages are at {address} (Ctrl-C ends it)."), address=f"http://localhost:{port}")
    flags = [f"--{name}={value}" for name, value in SETTINGS.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(entry), *flags]
    # From the folder above the package, because Streamlit looks for its theme in .streamlit of the working directory.
    context.exit(_served(command, environment, entry.parents[1]))


def _refuse_taken(host: str, port: int) -> None:
    """Raise InputError where the pages could not be served, before anything is said of an address."""
    for family, kind, protocol, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            with socket.socket(family, kind, protocol) as probe:
                # As the server does: what was closed a moment ago is free.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
        except OSError as error:
            if error.errno in REFUSALS:
                details: dict[str, object] = {"other": min(port + 1, 65535) if port > 1023 else 8501}
                raise InputError(Problem(REFUSALS[error.errno], f"{host}:{port}", details=details)) from None


def _entry() -> Path:
    """The script to serve, found without importing what draws."""
    found = importlib.util.find_spec("dashboard")
    if found is None or found.origin is None:
        raise click.ClickException(translate(mark("The pages are not installed."), command_language()))
    return Path(found.origin).with_name("app.py")


def _served(command: list[str], environment: dict[str, str], folder: Path) -> int:
    """Run until it ends; being told to stop is no failure, and nothing is left running."""
    with (
        subprocess.Popen(command, env=environment, cwd=folder) as server,  # noqa: S603 - our own interpreter
        interrupted_by_either_signal(),
    ):
        try:
            return server.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            _end(server)


def _end(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is None:
        server.terminate()
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
