"""The words that the columns of choice may hold."""

TEAM_KINDS = ("company", "division", "department", "branch", "team")
CYCLE_KINDS = ("year", "half", "quarter", "month", "custom")
LEVELS = ("company", "department", "team", "individual")
AMBITIONS = ("committed", "aspirational", "unknown")
ORIGINS = ("top_down", "bottom_up", "lateral", "unknown")
ADOPTIONS = ("decomposed", "taken_over", "converted", "unknown")
STATUSES = ("draft", "active", "done", "cancelled")
MEASURES = ("number", "percent", "currency", "milestone", "yes_no", "ordinal")
PARENT_KINDS = ("objective", "key_result")
RELATIONS = ("contributes", "supports")
PROBLEM_KINDS = ("set_aside", "waiting", "doubtful")
