"""The command `okr build`: computes the warehouse from what is loaded."""

from pathlib import Path

import click

from pipelines import batches, versions, warehouse
from pipelines import build as building
from pipelines.cli.computing import noting, on_cluster, with_progress
from pipelines.cli.options import data_option, refuse_missing
from pipelines.cli.printing import in_words, say
from pipelines.policy import Policy, changed, in_force
from pipelines.processes import in_processes
from pipelines.wording import mark

SHARED_ALONE = mark("--shared says where a Dask cluster finds the facts; name its scheduler with --dask.")

COMPUTED = mark("Cycles computed on {address}: {count}.")
TAKEN_OVER = mark(
    "Cycles computed on {address}: {count}; the results of the other {others} are taken over as they were."
)


@click.command(epilog="Example: okr build --data /srv/okr")
@data_option
@click.option("--dask", "address", metavar="ADDRESS", help="Compute on the Dask cluster of this scheduler.")
@click.option("--shared", metavar="URL", help="A folder or URL that all machines of the cluster reach under this name.")
def build(data_dir: Path, address: str | None, shared: str | None) -> None:
    """Compute the figures again from what is loaded.

    As after a change of policy.toml, or where they could not be written. With --dask the parts of a large history are
    computed on a cluster; facts and results pass through --shared (the folder `shared` among the data if not given).
    """
    refuse_missing(data_dir)
    if shared and not address:
        raise click.UsageError(in_words(SHARED_ALONE))
    place = shared or str(data_dir.resolve() / "shared")
    here = in_processes(versions.aside(data_dir))
    compute, computed = with_progress(on_cluster(address, place) if address else here), list[str]()
    with batches.locked(data_dir):
        version = building.build(data_dir, compute=noting(compute, computed))
    say(mark("Published {version}."), version=version.name)
    if address:
        others = set(warehouse.table(version, "objective", columns=["cycle"])["cycle"]) - set(computed)
        say(TAKEN_OVER if others else COMPUTED, count=len(computed), others=len(others), address=address)
    _tell_policy(in_force(data_dir))


def _tell_policy(policy: Policy) -> None:
    """Which preset holds, and each value that differs from it."""
    preset, values = changed(policy), policy.values()
    say(mark("Policy: {name}."), name=policy.name)
    for key, value in preset.items():
        say(mark("{key} = {value} (preset: {preset})"), key=key, value=values[key], preset=value)
