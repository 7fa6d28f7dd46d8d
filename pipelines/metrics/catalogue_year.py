"""The figures of the year view, of changes of goals, and of the two tracks."""

from pipelines.metrics.figure import Figure
from pipelines.wording import mark

YEAR = (
    Figure("planned", mark("Planned"),
           mark("What the parts of an annual key result, in quarters or months, are to add: from start to target."),
           "Σ (target − start)", "value", source="S3"),
    Figure("planned_set", mark("Planned at first"), mark("The same before any change of a target."),
           "Σ (first target − start)", "value", source="S3"),
    Figure("actual", mark("Actual"), mark("What the parts added, by values or progress; a part without either is "
           "missing."), "Σ (value − start)", "value", source="S3"),
    Figure("plan_rate", mark("Against the plan to date"),
           mark("What came against what was planned, over the parts that ended and have a number."),
           "Σ actual / Σ planned, parts ended", "share", "none", "planned of the parts ended", "S3"),
    Figure("year_rate", mark("Of the year"), mark("What came so far against the whole annual target."),
           "Σ actual / (annual target − start)", "share", "none", "the annual target's amount", "S3"),
    Figure("needed", mark("Still needed"), mark("What the annual target still asks for. Plain arithmetic, no outlook."),
           "annual target − start − Σ actual", "value", source="S3"),
    Figure("planned_rest", mark("Planned for the rest"), mark("What the parts that have not ended still plan."),
           "Σ (planned − actual), parts not ended", "value", source="S3"),
    Figure("difference", mark("Parts beyond the whole"),
           mark("By how much the parts plan more (or less) than the whole."), "Σ planned − (annual target − start)",
           "value", source="S3"),
    Figure("goals_below", mark("Goals below"),
           mark("Goals of shorter cycles linked to an annual goal, and their average completion quarter by quarter."),
           "mean(score) by quarter", "score", "none", "goals below with a score", "S3"),
)  # fmt: skip

CHANGES = (
    Figure("way", mark("Raised or eased"),
           mark("Raised: the target moved away from the start, or the start from the target; eased: they came nearer; "
                "else other."), "|target − start|, old and new", "text", source="S3"),
    Figure("since_agreed", mark("Since agreed"),
           mark("Whether the change is later than the day agreed; unknown where either day is."),
           "changed_on > agreed_on", "flag"),
    Figure("approved", mark("Approval stated"), mark("Whether an approval is stated; by whom is not shown."),
           "", "flag", source="S1, S3"),
    Figure("verdict", mark("By the rule"),
           mark("What the policy's rule on changes says: kept, against it, or without the approval it asks for."),
           "", "text", source="S1, S3, by policy"),
)  # fmt: skip

TRACKS = (
    Figure("base_score", mark("On the base target"),
           mark("How far a key result came on the way to its base target (基础目标, 保底)."),
           "(value − start) / (base target − start)", "score", "none", "key results with a base target and a value",
           "S3"),
    Figure("stretch_score", mark("On the stretch target"),
           mark("How far a key result came on the way to its stretch target (挑战目标, 冲刺)."),
           "(value − start) / (stretch target − start)", "score", "none",
           "key results with a stretch target and a value", "S3"),
    Figure("track", mark("Track reached"), mark("Stretch or base, whichever target is reached, else none."),
           "", "text", source="S3"),
)  # fmt: skip
