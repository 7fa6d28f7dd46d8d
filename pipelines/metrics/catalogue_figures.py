"""The figures of completion, distribution, alignment and comparison."""

from pipelines.metrics.figure import Figure
from pipelines.wording import mark

OBJECTIVES = (
    Figure("objectives", mark("Objectives"), mark("Objectives that count: neither draft nor cancelled."),
           "count", "count"),
    Figure("scored", mark("Scored"), mark("Objectives with a score under the policy."), "count(score)", "count"),
    Figure("missing", mark("Without a score"), mark("Objectives without a score; never taken as 0."),
           "objectives − scored", "count"),
)  # fmt: skip

COMPLETION = (
    Figure("completion_rate", mark("Average completion"),
           mark("The mean score of the scored objectives of the team and all teams below it, each once."),
           "mean(score)", "score", "nearer", "scored"),
    Figure("attained", mark("Attained"),
           mark("Committed objectives scored 1.0, others scored at or above the policy's share."),
           "count(score ≥ attained)", "count"),
    Figure("attained_rate", mark("Attainment"), mark("The share of the scored objectives that were attained."),
           "attained / scored", "share", "none", "scored", "S0, S1"),
)  # fmt: skip

SIDES = (
    Figure("own_objectives", mark("Own-level objectives"), mark("The team's own objectives that are not individual."),
           "count", "count"),
    Figure("own_scored", mark("Own level, scored"), mark("Those of them with a score."), "count(score)", "count"),
    Figure("own_completion_rate", mark("Own level"),
           mark("Average completion of the team's own objectives; a team's goals are not the sum of personal ones."),
           "mean(score)", "score", "nearer", "own_scored"),
    Figure("below_objectives", mark("Objectives below"),
           mark("Individual objectives of the team, and all of the teams below it."), "count", "count"),
    Figure("below_scored", mark("Below, scored"), mark("Those of them with a score."), "count(score)", "count"),
    Figure("below_completion_rate", mark("Below"), mark("Average completion of everything below the own level."),
           "mean(score)", "score", "nearer", "below_scored"),
)  # fmt: skip

DISTRIBUTION = (
    Figure("mean", mark("Mean"), mark("The mean score."), "mean(score)", "score", "nearer", "scored"),
    Figure("median", mark("Median"), mark("The score in the middle."), "median(score)", "score", "nearer", "scored"),
    Figure("std", mark("Standard deviation"), mark("How far scores lie from their mean; needs two scores."),
           "√(Σ(score − mean)² / (n − 1))", "score", "none", "scored"),
    Figure("p10", mark("10th percentile"), mark("One score in ten lies below."), "quantile(score, 0.10)", "score",
           "none", "scored"),
    Figure("p25", mark("25th percentile"), mark("One score in four lies below."), "quantile(score, 0.25)", "score",
           "none", "scored"),
    Figure("p75", mark("75th percentile"), mark("One score in four lies above."), "quantile(score, 0.75)", "score",
           "none", "scored"),
    Figure("p90", mark("90th percentile"), mark("One score in ten lies above."), "quantile(score, 0.90)", "score",
           "none", "scored"),
    Figure("excellent", mark("Excellent 优"), mark("Scores in the highest band."), "count(score ≥ 0.90)", "count"),
    Figure("good", mark("Good 良"), mark("Scores in the second band."), "count(0.70 ≤ score < 0.90)", "count"),
    Figure("medium", mark("Medium 中"), mark("Scores in the third band, where a hard goal well pursued ends."),
           "count(0.60 ≤ score < 0.70)", "count"),
    Figure("fair", mark("Fair 可"), mark("Scores in the fourth band."), "count(0.40 ≤ score < 0.60)", "count"),
    Figure("poor", mark("Poor 差"), mark("Scores in the lowest band; no failure but a way to see what matters not."),
           "count(score < 0.40)", "count"),
    Figure("eligible", mark("Eligible"), mark("Scored objectives that are not committed; unknown ambition included."),
           "count(score, ambition ≠ committed)", "count"),
    Figure("sweet_spot", mark("In the sweet spot"), mark("Eligible objectives in the best range, both ends included."),
           "count(0.60 ≤ score ≤ 0.70)", "count"),
    Figure("sweet_spot_rate", mark("Share in the sweet spot"), mark("How many eligible objectives end where is best."),
           "sweet_spot / eligible", "share", "none", "eligible"),
    Figure("too_high", mark("Too high"), mark("Eligible objectives whose score reaches or comes near excellent."),
           "count(score ≥ 0.85)", "count"),
    Figure("too_high_rate", mark("Share too high"), mark("How many eligible objectives reach or come near excellent."),
           "too_high / eligible", "share", "none", "eligible"),
    Figure("too_low", mark("Too low"), mark("Scored objectives below 可."), "count(score < 0.40)", "count"),
    Figure("too_low_rate", mark("Share too low"), mark("How many scored objectives lie below 可."),
           "too_low / scored", "share", "none", "scored"),
)  # fmt: skip

ALIGNMENT = (
    Figure("should_align", mark("Should align"), mark("Objectives that are not at company level."),
           "count(level ≠ company)", "count", source="S0"),
    Figure("aligned", mark("Aligned"), mark("Those of them with a link to a goal above in the same or a longer cycle."),
           "count", "count", source="S0"),
    Figure("vertical_coverage", mark("Vertical coverage"),
           mark("The share of what should align that does. An unlinked goal proposed bottom-up is an own initiative."),
           "aligned / should_align", "share", "none", "should_align", "S0"),
    Figure("anchored", mark("Anchored"), mark("Objectives from which links lead up to a company-level objective."),
           "count", "count", source="S2"),
    Figure("anchored_coverage", mark("Anchored coverage"), mark("The share of what should align that is anchored."),
           "anchored / should_align", "share", "none", "should_align", "S2"),
    Figure("lateral", mark("Linked across teams"),
           mark("Objectives at either end of a link between teams of which neither is above the other."),
           "count", "count", source="S0, S2"),
    Figure("horizontal_coverage", mark("Horizontal coverage"), mark("The share of all objectives linked across teams."),
           "lateral / objectives", "share", "none", "objectives", "S0, S2"),
    Figure("bottom_up", mark("Bottom-up"), mark("Objectives proposed by those who pursue them."), "count", "count"),
    Figure("origin_known", mark("Origin known"), mark("Objectives whose origin is stated."), "count", "count"),
    Figure("bottom_up_share", mark("Bottom-up share"),
           mark("The share of the objectives of known origin that came bottom-up; the guide asks for 60%."),
           "bottom_up / origin_known", "share", "none", "origin_known"),
)  # fmt: skip

COMPARE = (
    Figure("team", mark("Team"), mark("The team with all below; then all, and the teams scored in both cycles."),
           "", "text"),
    Figure("a_objectives", mark("Objectives, first cycle"), mark("Objectives that count in the first cycle."),
           "count", "count"),
    Figure("a_scored", mark("Scored, first cycle"), mark("Those of them with a score."), "count(score)", "count"),
    Figure("a_completion_rate", mark("Average completion, first cycle"), mark("The mean score in the first cycle."),
           "mean(score)", "score", "nearer", "a_scored"),
    Figure("b_objectives", mark("Objectives, second cycle"), mark("Objectives that count in the second cycle."),
           "count", "count"),
    Figure("b_scored", mark("Scored, second cycle"), mark("Those of them with a score."), "count(score)", "count"),
    Figure("b_completion_rate", mark("Average completion, second cycle"), mark("The mean score in the second cycle."),
           "mean(score)", "score", "nearer", "b_scored"),
    Figure("change", mark("Change"), mark("From the first cycle to the second; higher is not better."),
           "b_completion_rate − a_completion_rate", "difference"),
)  # fmt: skip
