"""Every metric and every figure once: name, label, meaning, formula, unit, direction, denominator, source."""

from dataclasses import dataclass

from pipelines.metrics.catalogue_alignment import ALIGNMENT_TERMS
from pipelines.metrics.catalogue_challenge import CHALLENGE, DONE_WITHOUT, EVIDENCE, LOW_GOALS, LOW_TERMS, NEW_GOALS
from pipelines.metrics.catalogue_figures import ALIGNMENT, COMPARE, COMPLETION, DISTRIBUTION, OBJECTIVES, SIDES
from pipelines.metrics.catalogue_operation import OPERATION
from pipelines.metrics.catalogue_pace import PACE
from pipelines.metrics.catalogue_rhythm import CHECK, RHYTHM, RULES
from pipelines.metrics.catalogue_year import CHANGES, TRACKS, YEAR
from pipelines.metrics.figure import Figure
from pipelines.wording import mark

__all__ = ["EVIDENCE", "METRICS", "Figure", "Metric", "figure"]


@dataclass(frozen=True)
class Metric:
    """One question the history answers: its figures in the order they are printed, and the tables it reads."""

    name: str
    label: str
    meaning: str
    figures: tuple[Figure, ...]
    needs: tuple[str, ...]
    source: str
    terms: tuple[Figure, ...] = ()
    """What the words in its rows mean, such as each rule."""


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric(
            "completion",
            mark("Completion"),
            mark("How complete the goals were, on average, and how many were attained."),
            (*OBJECTIVES, *COMPLETION, *SIDES),
            ("objective_result", "team"),
            "S1",
        ),
        Metric(
            "distribution",
            mark("Score distribution"),
            mark("How the scores are spread: bands, quantiles, and the shares that are best, too high and too low."),
            (*OBJECTIVES, *DISTRIBUTION),
            ("objective_result", "team"),
            "S1",
        ),
        Metric(
            "alignment",
            mark("Alignment"),
            mark("How many goals serve a goal above them or work with another team. 100% is no ideal."),
            (OBJECTIVES[0], *ALIGNMENT),
            ("objective_result", "team", "alignment", "key_result"),
            "S0, S1, S2",
            ALIGNMENT_TERMS,
        ),
        Metric(
            "challenge",
            mark("Challenge"),
            mark(
                "Whether the goals could have been hard: which teams score near excellent more often than chance "
                "allows."
            ),
            CHALLENGE,
            ("objective_result", "team"),
            "S1; Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.3; Benjamini and Hochberg 1995",
        ),
        Metric(
            "new_goals",
            mark("New goals to look at"),
            mark("Goals of cycles just begun that may ask too little, while they can still be raised."),
            NEW_GOALS,
            ("objective_result", "team", "cycle", "objective", "key_result", "check_in"),
            "S0, S1",
        ),
        Metric(
            "low_goals",
            mark("The other end"),
            mark("Goals that ended low: no failure, but a way to see what to change and what does not matter."),
            LOW_GOALS,
            ("objective_result", "team"),
            "S1",
            LOW_TERMS,
        ),
        Metric(
            "done_without",
            mark("Key results done, the objective not"),
            mark("Goals whose key results are all done while the goal itself is not: were they the right ones?"),
            DONE_WITHOUT,
            ("objective_result", "team", "cycle", "objective", "key_result", "check_in"),
            "S1",
        ),
        Metric(
            "rhythm",
            mark("Rhythm"),
            mark("Whether goals are set, aligned and reviewed on time, and followed up week by week."),
            (OBJECTIVES[0], *RHYTHM),
            ("objective_result", "team", "objective", "key_result", "check_in"),
            "S0, S1",
            OPERATION,
        ),
        Metric(
            "rules",
            mark("Rule check"),
            mark(
                "Where goals differ from what the policy asks, each finding with its source. No finding is a verdict."
            ),
            CHECK,
            ("objective_result", "team", "objective", "key_result", "check_in", "alignment", "change"),
            "S0, S1, S3, S4, by policy",
            (*RULES, *CHANGES, *TRACKS, *YEAR),
        ),
        Metric(
            "pace",
            mark("Pace and outlook"),
            mark("How progress stands against the time passed, and between which averages the cycle may end."),
            (OBJECTIVES[0], *PACE),
            ("objective_result", "objective_week", "team"),
            "S0, S3; Vovk et al., Algorithmic Learning in a Random World, 2005",
        ),
        Metric(
            "compare",
            mark("Comparison"),
            mark("Average completion of two cycles side by side, at the end or at the same day of each."),
            COMPARE,
            ("objective_result", "team"),
            "S1",
        ),
    )
}


def figure(metric: str, name: str) -> Figure:
    """The record of one figure of a metric; KeyError where there is none."""
    return {entry.name: entry for entry in METRICS[metric].figures}[name]
