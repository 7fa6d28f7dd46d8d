"""Raw tables become facts: pure, whole columns at a time, every row accounted for."""

from pipelines.tidy.sheet import TidySheet
from pipelines.tidy.tidying import tidy

__all__ = ["TidySheet", "tidy"]
