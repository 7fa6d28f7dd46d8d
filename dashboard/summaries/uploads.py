"""Words and rows for dropped files: what they would give, and what loading them did."""

from collections import Counter
from functools import partial
from typing import Any, Literal

from dashboard import sentences
from dashboard.commands import Outcome
from dashboard.wording import Wording, plain
from pipelines.tidy.layouts import tool_layouts
from pipelines.wording import mark

Tone = Literal["success", "info", "warning", "error"]
COUNTS = ("rows_in", "kept", "set_aside", "skipped")
LAYOUTS = {
    "flat": mark("a key result, the objective repeated or merged"),
    "mixed": mark("an objective or a key result, told by a column"),
    "objectives": mark("an objective"),
    "key_results": mark("a key result, its objective elsewhere"),
    "check_ins": mark("a check-in"),
    "alignment": mark("a link between goals"),
    "changes": mark("a change of a goal"),
    "cycles": mark("a cycle"),
    "people": mark("a person"),
    "teams": mark("a team"),
}
ROWS = mark("Rows: {rows_in}, of which {kept} kept, {set_aside} set aside, {skipped} skipped.")


def verdict(words: Wording, found: dict[str, Any]) -> tuple[Tone, str]:
    """What loading the file would give, in a sentence, and its tone."""
    if found["unchanged"]:
        return "info", words.say("This very file is loaded already.")
    counts = counted(found["sheets"])
    if found["failed"]:
        return "error", words.say("Nothing of this file can be loaded as it is read now.")
    told = words.say("Would be loaded: {facts}.", facts=words.say(", ").join(facts(words, found["sheets"])))
    return ("warning" if counts["set_aside"] else "success"), f"{told} {words.say(ROWS, **counts)}"


def result(words: Wording, outcome: Outcome) -> tuple[Tone, str]:
    """What a load did, in a sentence, and its tone."""
    report = outcome.report
    if report is None:
        return "error", words.say("Nothing was loaded.")
    if report["unchanged"]:
        return "info", words.say("Nothing has changed since these files were last loaded.")
    if report["batch"] is None:
        return "error", words.say("Nothing was loaded.")
    counts = counted(report["files"])
    told = words.say("Loaded as batch {batch}.", batch=report["batch"])
    return ("warning" if counts["set_aside"] else "success"), f"{told} {words.say(ROWS, **counts)}"


def earlier(words: Wording, found: dict[str, Any]) -> str:
    """That an earlier load of the same name counts."""
    batches = sentences.listed(words, [str(batch) for batch in found["earlier"]])
    return words.say("A file of this name with other content counts already (batch {batches}).", batches=batches)


def elsewhere(words: Wording, found: dict[str, Any]) -> str:
    """That a file of the same name was loaded from another folder."""
    return words.say(
        "A file of this name is loaded from another folder: {files}. Both would count. If this is the same file, "
        "corrected, load it from there, or take that batch back first.",
        files=sentences.listed(words, found["elsewhere"]),
    )


def counted(sheets: list[dict[str, Any]]) -> dict[str, int]:
    """Where the rows of all sheets go."""
    return {name: sum(sheet[name] for sheet in sheets) for name in COUNTS}


def facts(words: Wording, sheets: list[dict[str, Any]]) -> list[str]:
    """How many facts of each kind the sheets give."""
    sums: Counter[str] = Counter()
    for sheet in sheets:
        sums.update(sheet["facts"])
    return [_fact(words, name, count) for name, count in sums.items() if count]


def _fact(words: Wording, name: str, count: int) -> str:
    say_plural = partial(words.say_plural, count=count)
    return {
        "team": say_plural("{count} team", "{count} teams"),
        "person": say_plural("{count} person", "{count} people"),
        "cycle": say_plural("{count} cycle", "{count} cycles"),
        "objective": say_plural("{count} objective", "{count} objectives"),
        "key_result": say_plural("{count} key result", "{count} key results"),
        "check_in": say_plural("{count} check-in", "{count} check-ins"),
        "alignment": say_plural("{count} link", "{count} links"),
        "change": say_plural("{count} change", "{count} changes"),
    }[name]


def sheet_line(words: Wording, sheet: dict[str, Any]) -> str:
    """The sheet, what a row of it is taken for, and where its rows go."""
    name = plain(sheet["sheet"] or words.say("Table"))
    if sheet["hidden"] and sheet["layout"] is None:
        return words.say("{sheet}: hidden, so left out", sheet=name)
    if sheet["layout"] is None:
        return words.say("{sheet}: not read yet. Say below which column holds what.", sheet=name)
    told = words.say("{sheet}: each row is {row}.", sheet=name, row=plain(layout_title(words, sheet["like"])))
    return f"{told} {words.say(ROWS, **counted([sheet]))}"


def layout_title(words: Wording, name: str) -> str:
    """What one row of the layout is, or the tool whose file it is."""
    if name in LAYOUTS:
        return f"{words.say(LAYOUTS[name])} ({name})"
    return f"{tool_layouts()[name].own.label} ({name})"
