"""The figures of pace and outlook."""

from pipelines.metrics.figure import Figure
from pipelines.wording import mark

MODEL = "our definition; conformal prediction, Vovk et al. 2005"
PAIRS = "pairs of a team and a closed cycle of the kind, 30 or more"

PACE = (
    Figure("scored", mark("With data"),
           mark("Objectives whose progress can be computed from values, progress or words; the others are missing."),
           "count(computed)", "count", source="our definition"),
    Figure("expected", mark("Time passed"),
           mark("The share of the cycle's days that have passed at the end of the day, on average."),
           "mean(days passed / days)", "share", "none", "scored", "our definition, after S0 and S3"),
    Figure("computed", mark("Progress"),
           mark("The mean progress by the data alone; recorded scores and reported status words take no part."),
           "mean(computed)", "score", "none", "scored"),
    Figure("gap", mark("Ahead or behind"),
           mark("How far progress lies above or below the time passed; goals that end in a jump lie below for long."),
           "computed − expected", "difference", "none", "scored", "our definition, after S0 and S3"),
    Figure("outlook", mark("Outlook"),
           mark("The average completion with which the running cycle may end: now, and the median of what teams still "
                "gained from this week on in closed cycles of the kind."),
           "mean(score) + median(end − week w)", "score", "none", PAIRS, MODEL),
    Figure("low", mark("Outlook, low end"), mark("One closed cycle in ten gained less from this week on."),
           "mean(score) + rank ⌊(n + 1) / 10⌋ of (end − week w), not below 0", "score", "none", PAIRS, MODEL),
    Figure("high", mark("Outlook, high end"), mark("One closed cycle in ten gained more from this week on."),
           "mean(score) + rank ⌈9 (n + 1) / 10⌉ of (end − week w), not above 1", "score", "none", PAIRS, MODEL),
)  # fmt: skip
