"""The figures of challenge, the evidence behind each goal worth a question, and the sentence that guards them."""

from dataclasses import dataclass

from pipelines.metrics.figure import Figure
from pipelines.wording import mark

MODEL = "Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.3"

GUARD = mark(
    "A high score may mean an easy goal or excellent work. These goals are worth a question. Results may inform a "
    "review; this percentage is not a rating, ranking or reward."
)

LOW_GUARD = mark("A low score is no failure, but a way to see what does not matter. {guard}")

CHALLENGE = (
    Figure("team", mark("Team"), mark("The team, with its own objectives only, individual ones included."),
           "", "text"),
    Figure("n", mark("Eligible and scored"),
           mark("The team's objectives that are not committed and have at least half of their weight scored."),
           "count", "count"),
    Figure("too_high", mark("Too high"), mark("Eligible objectives whose score reaches or comes near excellent."),
           "count(score ≥ 0.85)", "count"),
    Figure("too_high_rate", mark("Share too high"), mark("How many eligible objectives reach or come near excellent."),
           "too_high / n", "share", "none", "n"),
    Figure("expected_rate", mark("Share over all teams"), mark("What the share would be were all teams alike."),
           "Σ too_high / Σ n", "share", "none", "Σ n"),
    Figure("shrunk_rate", mark("Likely share"),
           mark("The share to expect of the team, small teams drawn nearer to the others."),
           "posterior mean", "share", "none", "n", MODEL),
    Figure("low", mark("Likely share, low end"), mark("The team's share lies above with a probability of 95%."),
           "posterior quantile 0.05", "share", "none", "n", MODEL),
    Figure("high", mark("Likely share, high end"), mark("The team's share lies below with a probability of 95%."),
           "posterior quantile 0.95", "share", "none", "n", MODEL),
    Figure("p_value", mark("p value"), mark("How likely so many would be by chance were all teams alike."),
           "P(X ≥ too_high | n, expected_rate)", "probability", source="one-sided exact binomial test"),
    Figure("q_value", mark("q value"), mark("The p value, adjusted for testing many teams; from 5 objectives on."),
           "Benjamini–Hochberg over the teams with n ≥ 5", "probability", source="Benjamini and Hochberg 1995"),
    Figure("p_above", mark("Surely above"), mark("How likely the team's share lies clearly above that of all teams."),
           "P(rate ≥ expected_rate + 0.05)", "probability", source=MODEL),
    Figure("flagged", mark("Worth a question"),
           mark("The share differs from the others beyond chance; otherwise it does not differ from the others."),
           "q_value ≤ 0.10, too_high_rate ≥ expected_rate + 0.10, p_above ≥ 0.90", "flag"),
)  # fmt: skip

ABOUT_A_GOAL = (
    Figure("objective_id", mark("Objective id"), mark("The objective's id."), "", "text"),
    Figure("team", mark("Team"), mark("The objective's team."), "", "text"),
    Figure("cycle", mark("Cycle"), mark("The objective's cycle."), "", "text"),
    Figure("title", mark("Title"), mark("The objective's title."), "", "text"),
    Figure("ambition", mark("Ambition"), mark("Committed, aspirational, or unknown where nobody said."), "", "text",
           source="S0"),
)  # fmt: skip
SCORE = Figure("score", mark("Score"), mark("The objective's score under the policy."), "", "value")

NEW_GOALS = (
    *ABOUT_A_GOAL,
    Figure("status", mark("Status"), mark("Where the goal stands; drafts take part here, and only here."), "", "text"),
    Figure("evidence", mark("What suggests that it asks too little"),
           mark("Open and draft goals up to the day of alignment, while they can still be raised."),
           "below_last_result, repeated, or not committed and first confidence of a key result ≥ 0.90", "list",
           source="S0, S1"),
)  # fmt: skip
LOW_GOALS = (
    *ABOUT_A_GOAL,
    SCORE,
    Figure("question", mark("Question"),
           mark("Whether to change the goal or its key results; far below, whether to go on with it at all."),
           "change: 0.40 ≤ score < 0.60; go_on: score < 0.40", "text"),
)  # fmt: skip
LOW_TERMS = (
    Figure("reconsider", mark("To reconsider"), mark("Objectives that ended below the lower end of the best range."),
           "count(score < 0.60)", "count"),
    Figure("reconsider_rate", mark("Share to reconsider"), mark("How many of the scored objectives ended that low."),
           "reconsider / objectives", "share", "none", "objectives"),
    Figure("too_low", mark("Far below"), mark("Those of them of which to ask whether they matter."),
           "count(score < 0.40)", "count"),
    Figure("too_low_rate", mark("Share far below"), mark("How many of the scored objectives ended far below."),
           "too_low / objectives", "share", "none", "objectives"),
)  # fmt: skip
DONE_WITHOUT = (
    *ABOUT_A_GOAL,
    SCORE,
    Figure("key_results", mark("Key results done"),
           mark("All the goal's key results, each done, while the goal itself was scored below attained."),
           "each key result's score = 1, score < attained", "count"),
)  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """One kind of evidence: its group, label, and a sentence with the places {found}, {against} and {on}."""

    code: str
    group: str
    label: str
    sentence: str


EASY = mark("May be easy")
CHANGED = mark("Goal was changed")
DIFFERS = mark("Record differs from the data")

EVIDENCE: dict[str, Evidence] = {
    evidence.code: evidence
    for evidence in (
        Evidence("score_too_high", EASY, mark("Scored near excellent"), mark("Scored {found}, at or above {against}.")),
        Evidence("reached_early", EASY, mark("Reached early"),
                 mark("Stood at {found} on {on}, with much of the cycle still to go.")),
        Evidence("already_met", EASY, mark("Met at the start"),
                 mark("A key result stood at {found} of its target on {on}, about when the cycle began.")),
        Evidence("always_confident", EASY, mark("Never in doubt"),
                 mark("Confidence never fell below {found}, up to {on}.")),
        Evidence("below_last_result", EASY, mark("Asks no more than last time"),
                 mark("A key result aims at {found}; the cycle before it ended at {against}.")),
        Evidence("repeated", EASY, mark("Same goal again"), mark("The team has set it in three cycles running.")),
        Evidence("confident_at_start", EASY, mark("Sure from the start"),
                 mark("The first confidence stated for a key result was {found}, on {on}.")),
        Evidence("target_eased", CHANGED, mark("Target eased"),
                 mark("A target went from {against} to {found} on {on}.")),
        Evidence("target_raised", CHANGED, mark("Target raised"),
                 mark("A target went from {against} up to {found} on {on}.")),
        Evidence("scored_above_data", DIFFERS, mark("Scored above the data"),
                 mark("Recorded as {found} where its key results' data give {against}.")),
        Evidence("scored_below_data", DIFFERS, mark("Scored below the data"),
                 mark("Recorded as only {found} where its key results' data give {against}.")),
    )
}  # fmt: skip
