"""The figures of rhythm and of the rule check, and each rule."""

from pipelines.metrics.figure import Figure
from pipelines.wording import mark

RHYTHM = (
    Figure("created_known", mark("Day set known"), mark("Objectives of which the day they were set is known."),
           "count(created_on)", "count", source="S0"),
    Figure("set_on_time", mark("Set on time"),
           mark("Those of them set by day 7 of their cycle, or as the policy says."),
           "share(created_on ≤ day 7)", "share", "none", "created_known", "S0"),
    Figure("aligned_known", mark("Day aligned known"),
           mark("Objectives of which the day they were agreed or aligned is known; the earlier counts."),
           "count(min(agreed_on, aligned_on))", "count", source="S0"),
    Figure("aligned_on_time", mark("Aligned on time"),
           mark("Those of them aligned by day 15 of their cycle, or as the policy says."),
           "share(min(agreed_on, aligned_on) ≤ day 15)", "share", "none", "aligned_known", "S0"),
    Figure("reviewed_known", mark("Day reviewed known"),
           mark("Objectives of which the day they were reviewed is known."), "count(reviewed_on)", "count",
           source="S0"),
    Figure("reviewed_on_time", mark("Reviewed on time"),
           mark("Those of them reviewed at most 7 days before or after the cycle's last day, or as the policy says."),
           "share(|reviewed_on − last day| ≤ 7)", "share", "none", "reviewed_known", "S0"),
    Figure("key_results", mark("Key results"), mark("Key results that count: neither draft nor cancelled."),
           "count", "count"),
    Figure("check_in_compliance", mark("Check-in compliance"),
           mark("The share of the weeks begun that have a check-in, per key result, then averaged."),
           "mean(weeks with a check-in / weeks begun)", "share", "none", "key_results of cycles begun"),
    Figure("stale", mark("Stale"),
           mark("Key results of open cycles, not done, without a check-in for 14 days, or as the policy says."),
           "count(day − last check-in ≥ 14)", "count", source="our choice: two weekly meetings missed"),
    Figure("mean_confidence", mark("Mean confidence"), mark("The mean of the last confidence of each key result."),
           "mean(confidence)", "score", "none", "key_results with a confidence"),
    Figure("net_confidence", mark("Net confidence"),
           mark("The share of key results with a last confidence of 0.7 or more, less the share below 0.4."),
           "share(confidence ≥ 0.7) − share(confidence < 0.4)", "difference", "none", "key_results with a confidence"),
)  # fmt: skip

CHECK = (
    Figure("rule", mark("Rule"), mark("Which rule is not kept; the rules stand below."), "", "text", source="policy"),
    Figure("subject", mark("Subject"), mark("The team, objective or key result it was found on; never a person."),
           "", "text", source="policy"),
    Figure("found", mark("Found"), mark("The number found."), "", "value", source="policy"),
    Figure("expected", mark("Expected"), mark("The number the rule asks for, with ≤, ≥ or > where it is a bound."),
           "", "text", source="policy"),
    Figure("source", mark("Source"), mark("Where the rule or its number comes from."), "", "text", source="policy"),
)  # fmt: skip

RULES = (
    Figure("objectives_per_owner", mark("Objectives per owner"),
           mark("Owners in the team with more objectives in the cycle, or fewer, than the policy's limit in brackets."),
           "count(owners beyond the limit)", "value", source="S0, S1"),
    Figure("key_results_per_objective", mark("Key results per objective"),
           mark("The objective's key results, within the policy's limits."), "count", "value", source="S0, S1, S4"),
    Figure("weights_sum", mark("Sum of the weights"),
           mark("The weights of the objective's key results sum to 100%; rounding is passed over."), "Σ weight",
           "value"),
    Figure("measurable", mark("Measurable"),
           mark("Key results with a start and a target that differ, or that are a milestone; expected: all."),
           "count", "value", source="our choice"),
    Figure("time_bound", mark("Time-bound"),
           mark("Key results due by the end of their cycle; one without a day is due at its end. Expected: all."),
           "count(due_on ≤ last day)", "value", source="our choice"),
    Figure("title_length", mark("Length of the title"),
           mark("The title's characters are more than the policy's number; titles in Chinese have their own."),
           "characters", "value", source="S0"),
    Figure("agreed", mark("Agreed"),
           mark("The objective has a day of agreement, once it should be aligned; checked in cycles that record any."),
           "count(agreed_on)", "value"),
    Figure("bottom_up_share", mark("Bottom-up share"),
           mark("The share of the objectives of known origin that came bottom-up, of the team with all below it."),
           "bottom_up / origin_known", "value"),
    Figure("key_results_unchanged", mark("Quarterly key results unchanged"),
           mark("Key results of a quarter that were changed from its first day on, by a record of changes or a target "
                "stated anew."), "count(changed)", "value"),
    Figure("parts_and_whole", mark("Parts and whole"),
           mark("The targets of two or more linked key results of the same unit add up to the target they serve, each "
                "cut (quarters, months, teams) by itself; percentages and levels are left out."), "Σ target of the parts", "value", source="S3"),
)  # fmt: skip
