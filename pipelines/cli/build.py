"""The command `okr build`: computes the warehouse from what is loaded."""

from pathlib import Path

import click

from pipelines import batches
from pipelines import build as building
from pipelines.cli.options import data_option, refuse_missing
from pipelines.cli.printing import say
from pipelines.policy import Policy, changed, in_force
from pipelines.wording import mark


@click.command(epilog="Example: okr build --data /srv/okr")
@data_option
def build(data_dir: Path) -> None:
    """Compute the figures again from what is loaded.

    As after a change of policy.toml, or where they could not be written.
    """
    refuse_missing(data_dir)
    with batches.locked(data_dir):
        version = building.build(data_dir)
    say(mark("Published {version}."), version=version.name)
    _tell_policy(in_force(data_dir))


def _tell_policy(policy: Policy) -> None:
    """Which preset holds, and each value that differs from it."""
    preset, values = changed(policy), policy.values()
    say(mark("Policy: {name}."), name=policy.name)
    for key, value in preset.items():
        say(mark("{key} = {value} (preset: {preset})"), key=key, value=values[key], preset=value)
