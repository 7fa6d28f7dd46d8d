"""The process that parses one workbook, with limits on memory and time and no network, and prints it as JSON.

It imports neither pandas nor DuckDB: it starts once per workbook, and their threads would count against its memory.
"""

import json
import sys
from pathlib import Path

from pipelines.sources.limits import MEMORY, SECONDS
from pipelines.sources.reasons import told

OUTSIDE = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")
"""What Python calls the acts of reaching the network or starting a program."""


def main(path: Path, suffix: str) -> dict[str, object]:
    """What the workbook holds, or in one word why it cannot be read."""
    from pipelines.sources.sheets import RefusedError, sheets_of  # noqa: PLC0415 - once numpy is kept out

    try:
        return {"sheets": sheets_of(path, suffix)}
    except RefusedError as refused:
        return {"refused": refused.reason, "details": refused.details}
    except MemoryError:
        return {"refused": "limit", "details": {}}
    except Exception as error:  # whatever a parser raises on a damaged file, the parent tells the user
        # Calamine counts the cells that a sheet claims, and stops by itself.
        reason = "limit" if "limit exceeded" in str(error) else "damaged"
        return {"refused": reason, "details": {"reason": told(error, path)}}


def limit() -> None:
    """Let the system end this process rather than the machine, and let nothing in it reach outside."""
    sys.addaudithook(_refuse)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # Windows has none

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _refuse(event: str, _arguments: object) -> None:
    if event.startswith(OUTSIDE):
        raise PermissionError(f"a workbook asks for {event}")


if __name__ == "__main__":
    limit()
    # openpyxl imports numpy where there is any, and no cell needs it: half of this process's start.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    json.dump(main(Path(sys.argv[1]), sys.argv[2]), sys.stdout, ensure_ascii=True)
