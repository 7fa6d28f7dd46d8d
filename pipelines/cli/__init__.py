"""The `okr` command. Each command is a module of its own, loaded when it is called."""

import difflib
import importlib
from typing import Any

import click

from pipelines.cli.stopping import ended_in_order
from pipelines.problems import InputError, Problem, rule
from pipelines.wording import command_language, mark, translate

COMMANDS = (
    "ingest", "watch", "preview", "map", "metrics", "problems", "batches", "undo", "build", "show", "demo", "dashboard",
)  # fmt: skip

NO_COMMAND = mark("There is no command “{name}”. Did you mean one of these: {near}?")
NO_ACCESS = rule(
    "file_not_accessible", "set_aside", "the system refuses access ({reason}). Check that you may read and write it."
)


class Refused(click.ClickException):
    """A call that cannot be carried out; exits as a wrong call does."""

    exit_code = 2


class Commands(click.Group):
    """The commands in the order in which they are used, each imported only when it is needed."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Their names."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"pipelines.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of a call; an unknown one is answered with those it may mean."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        near = ", ".join(difflib.get_close_matches(name, COMMANDS, n=2) or COMMANDS)
        raise click.UsageError(translate(NO_COMMAND, command_language(), name=name, near=near), ctx)

    @ended_in_order()
    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what makes it impossible is told in the reader's language."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            raise Refused(error.problem.told(command_language())) from error
        except OSError as error:
            if error.filename is None:
                raise
            problem = Problem(NO_ACCESS, str(error.filename), details={"reason": error.strerror})
            raise Refused(problem.told(command_language())) from error


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: okr ingest reports/ && okr metrics completion --by team,cycle",
)
@click.version_option(package_name="okr-history", prog_name="okr")
def main() -> None:
    """Answer from OKR spreadsheets and check-in logs: how complete, how challenging, and how it compares."""
