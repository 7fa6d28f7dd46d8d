"""What stays in memory as long as the server."""

import atexit
import gc
from functools import lru_cache


# A search through all modules takes as long as a page, and comes upon some reader or other every few dozen pages.
@lru_cache(maxsize=1)
def set_apart() -> None:
    """Leave everything loaded by now out of Python's searches for garbage, once, until the server ends."""
    gc.freeze()
    # At the end all is freed in order; DuckDB would complain of what is left.
    atexit.register(gc.unfreeze)
