"""The policy that the page Definitions explains, with a warehouse or without."""

from dashboard.tables import facts
from pipelines import policy as policies
from pipelines.policy import Policy


def policy_in_force(version: str | None) -> Policy:
    """The policy of the version; the default one where there is none."""
    return facts.policy(version) if version else policies.load()
