"""The figures of the page Operation beyond those that `okr metrics rhythm` prints."""

from pipelines.metrics.figure import Figure
from pipelines.wording import mark

CALENDAR = (
    Figure("checked_share", mark("Checked in on in a week"),
           mark("The share of the key results that have a check-in in the week of the quarter, of those whose cycle "
                "holds at least half of its days."),
           "checked / key_results", "share", "none", "key_results of the week", "S0"),
    Figure("silent_days", mark("Days of silence"),
           mark("Days since a stale key result's last check-in, or since the eve of its cycle where there is none."),
           "day − last check-in", "count", source="our choice: two weekly meetings missed"),
)  # fmt: skip

CONFIDENCE = (
    Figure("confidence_by_week", mark("Confidence by week"),
           mark("The mean of each key result's last stated confidence as of the end of each week."),
           "mean(confidence)", "score", "none", "key results with a confidence by then"),
    Figure("confidence_fall", mark("Fall of confidence"),
           mark("A stated confidence that lies below the one stated before by 0.20 or more, or as the policy says, "
                "with what was noted beside it."), "before − now", "difference"),
    Figure("forecasts", mark("Stated confidences"),
           mark("Confidences stated within a cycle that has ended, of key results that have a score."), "count",
           "count"),
    Figure("calibration", mark("Calibration of confidence"),
           mark("The mean score of the key results of which a confidence in that tenth was stated."),
           "mean(score) by tenth of confidence", "score", "none", "forecasts of the tenth"),
    Figure("brier_score", mark("Brier score"),
           mark("The mean squared distance of confidence from what came, attained (1) or not (0): 0 is foresight, 0.25 "
                "always saying one half."), "mean((confidence − attained)²)", "value", "lower", "forecasts",
           "Brier 1950"),
)  # fmt: skip

RECORDED = (
    Figure("compared", mark("Recorded and computed"),
           mark("Key results with a recorded score and data to compute one."), "count", "count"),
    Figure("above_share", mark("Recorded above the data"),
           mark("The share of them whose recorded score lies above the data by 0.01 or more."),
           "share(final − computed ≥ 0.01)", "share", "none", "compared"),
    Figure("below_share", mark("Recorded below the data"),
           mark("The share of them whose recorded score lies below the data by 0.01 or more."),
           "share(final − computed ≤ −0.01)", "share", "none", "compared"),
    Figure("mean_above", mark("How far above"), mark("By how much those above lie above the data, on average."),
           "mean(final − computed)", "difference", "none", "those above"),
    Figure("mean_below", mark("How far below"), mark("By how much those below lie below the data, on average."),
           "mean(final − computed)", "difference", "none", "those below"),
)  # fmt: skip

QUADRANT = (
    Figure("quadrant", mark("Execution or goal?"),
           mark("Average completion held against check-in compliance: a low score with good rhythm points to the goal, "
                "with poor rhythm to execution. Low is below 0.60, good rhythm a compliance of 0.75, or as the policy "
                "says."), "completion_rate < 0.60, check_in_compliance ≥ 0.75", "text", source="S3"),
)  # fmt: skip

FILL_RATE = (
    Figure("people", mark("People in scope"),
           mark("People the roster has in scope on a day of the quarter; unknown without a roster, never 0."), "count",
           "count", source="S2"),
    Figure("fill_rate", mark("Fill rate"),
           mark("The share of them who own a counted objective of the quarter, by name; shown per team only."),
           "people with an objective / people", "share", "none", "people", "S2"),
    Figure("people_without", mark("People who set nothing"), mark("People in scope without an objective; a number."),
           "people − people with an objective", "count", source="S2"),
    Figure("team_fill_rate", mark("Fill rate of teams"),
           mark("The share of the teams with people in scope that have an objective that is not individual."),
           "teams with an objective / teams", "share", "none", "teams with people in scope", "S2"),
    Figure("owners_unknown", mark("Owners not in the roster"),
           mark("Owners of counted objectives whose name the roster does not hold; a number."), "count", "count",
           source="our choice"),
)  # fmt: skip

OPERATION = (*CALENDAR, *CONFIDENCE, *RECORDED, *QUADRANT, *FILL_RATE)
