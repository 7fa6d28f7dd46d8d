"""The stories planted in the sample company, each with the numbers that make it certain."""

from dataclasses import dataclass
from datetime import date

from pipelines.cycles import Cycle
from pipelines.demo.company import ALIKE, Company, Team
from pipelines.demo.timeline import number, quarter_with

NEAR_TOP_SINCE = date(2025, 10, 1)
NEWCOMER_QUARTERS = 2
LABELS_SINCE = date(2025, 1, 1)

# Scores of goals that are not committed, by style: shares of the goals, lowest first, and their scores.
ORDINARY = ((0, 0.06, 0.16, 0.32, 0.62, 0.82, 0.83, 1), (0.2, 0.38, 0.5, 0.6, 0.7, 0.8, 0.87, 0.98))
SCORES: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "ordinary": ORDINARY,
    ALIKE: ORDINARY,
    "hard": ((0, 0.1, 0.35, 0.7, 0.91, 0.92, 1), (0.2, 0.4, 0.55, 0.68, 0.79, 0.87, 0.95)),
    "near_top": ((0, 0.08, 0.09, 1), (0.7, 0.8, 0.875, 0.97)),
    "just_under": ((0, 1), (0.667, 0.689)),
    "newcomer": ((0, 0.3, 0.7, 1), (0.1, 0.27, 0.42, 0.62)),
    "kept": ((0, 1), (1, 1)),
}
COMMITTED_SCORES = ((0, 0.12, 0.3, 1), (0.55, 0.85, 1, 1))
NOT_NEAR_TOP = 0.82

# The group's own goals: the mean of the last closed quarter is 0.34, of the one before 0.43.
COMPANY_SCORES = {
    "2025": (0.52, 0.6, 0.55, 0.61), "2026": (0.4, 0.36, 0.46, 0.38),
    "2025-Q3": (0.5, 0.62, 0.58, 0.6), "2025-Q4": (0.55, 0.6, 0.48, 0.57), "2026-Q1": (0.46, 0.55, 0.5, 0.49),
    "2026-Q2": (0.38, 0.47, 0.41, 0.46), "2026-Q3": (0.28, 0.34, 0.38, 0.36), "2026-Q4": (0.3, 0.34, 0.36, 0.32),
}  # fmt: skip
COMPANY_BEFORE = (0.55, 0.66, 0.6, 0.63)

# How far goals below the top lie above the usual scores; what stands near the top stays there.
LIFT = {
    "2024-Q3": -0.07, "2024-Q4": -0.05, "2025-Q1": -0.03, "2025-Q2": -0.05, "2025-Q3": -0.03, "2025-Q4": -0.05,
    "2026-Q1": -0.02, "2026-Q2": -0.05, "2026-Q3": 0.07, "2026-Q4": 0.03,
}  # fmt: skip

# West Hill: the share of its leadership's goals that serve a goal of the company.
SERVING_THE_COMPANY = {
    "2025-Q3": 1.0, "2025-Q4": 0.85, "2026-Q1": 0.65, "2026-Q2": 0.45, "2026-Q3": 0.2, "2026-Q4": 0.1,
}  # fmt: skip


@dataclass(frozen=True)
class PlantedKeyResult:
    """A key result told exactly: recorded score 0–1, missing when its cycle is open."""

    title: str
    unit: str
    start: float
    target: float
    value: float
    weight: float
    score: float
    base: float = float("nan")
    stretch: float = float("nan")


@dataclass(frozen=True)
class PlantedGoal:
    """A team's own goal told exactly, checked in on every week, agreed in time and reviewed."""

    cycle: str
    team_id: str
    number: int
    title: str
    key_results: tuple[PlantedKeyResult, ...]
    review_note: str = ""
    next_steps: str = ""
    parent: str = ""

    @property
    def objective_id(self) -> str:
        """The id the goal has in the files."""
        return f"{self.cycle.replace('-', '')}-{self.team_id}-O{self.number}"


PLANTED: tuple[PlantedGoal, ...] = (
    PlantedGoal(
        "2026-Q3", "ES", 1, "Bring 1,000 new stores onto the annual contract",
        (
            PlantedKeyResult("Stores signed in the delta", "stores", 0, 250, 200, 0.2, 0.80),
            PlantedKeyResult("Stores signed on the coast", "stores", 0, 400, 380, 0.5, 0.95),
            PlantedKeyResult("Stores signed inland", "stores", 0, 350, 310, 0.3, 0.86),
        ),
        "890 of 1,000 stores signed.", "Ask whether 1,000 was too few.",
    ),
    PlantedGoal(
        "2026-Q3", "SA", 2, "Support the branches in winning framework customers",
        (
            PlantedKeyResult("Joint customer visits with the board", "visits", 0, 8, 5, 0.3, 0.63),
            PlantedKeyResult("Framework offers prepared", "offers", 0, 12, 9, 0.4, 0.75),
            PlantedKeyResult("Branches with a trained bid team", "branches", 0, 10, 6, 0.3, 0.60),
        ),
        "Sensibly hard, and reached.", "Keep the pace.",
    ),
    PlantedGoal(
        "2026-Q3", "PF", 1, "Run every order through the new event core without a lost message",
        (
            PlantedKeyResult("Order traffic on the event core", "%", 0, 100, 35, 0.4, 0.35),
            PlantedKeyResult("Services moved to the event core", "services", 0, 50, 20, 0.3, 0.40),
            PlantedKeyResult("Lost messages per million", "messages", 60, 10, 40, 0.3, 0.40),
        ),
        "A hard goal, well run: the partition scheme did not hold and was found out by week 5.",
        "Keep the goal, change the second key result to partitions instead of services.",
    ),
)  # fmt: skip

# The case of S3: 50 contracts as 8, 15, 17 and 10; signed 6, 16 and 20; the last quarter then raised to 12.
YEAR, WHOLE = "Sign 50 framework contracts in the year", "2026-SA-O1-KR1"


def _contracts(quarter: int, target: float, signed: float, tracks: tuple[float, float], score: float) -> PlantedGoal:
    return PlantedGoal(
        f"2026-Q{quarter}", "SA", 3, f"Sign {target:g} framework contracts by the end of quarter {quarter}",
        (
            PlantedKeyResult(
                "Framework contracts signed", "framework contracts", 0, target, signed, 0.5, min(score, 1), *tracks
            ),
            PlantedKeyResult("Bids answered within a week", "%", 20, 90, 48, 0.3, 0.4),
            PlantedKeyResult("Framework customers with an account plan", "%", 0, 80, 28, 0.2, 0.35),
        ),
        f"{signed:g} of {target:g} signed." if quarter < 4 else "", "", WHOLE,
    )  # fmt: skip


CONTRACTS = (
    PlantedGoal(
        "2026", "SA", 1, YEAR,
        (
            PlantedKeyResult("Framework contracts signed", "framework contracts", 0, 50, 46, 0.6, 0.92, 42, 60),
            PlantedKeyResult("Framework customers that order every month", "%", 30, 80, 62, 0.2, 0.64),
            PlantedKeyResult("Framework customers that stay for a second year", "%", 40, 90, 60, 0.2, 0.4),
        ),
    ),
    _contracts(1, 8, 6, (7, 10), 0.75), _contracts(2, 15, 16, (12, 18), 1), _contracts(3, 17, 20, (14, 20), 1),
    _contracts(4, 12, 9, (9, 15), 0.75),
)  # fmt: skip
PLANTED = (*PLANTED, *CONTRACTS)


@dataclass(frozen=True)
class PlantedChange:
    """A change of a key result as the log of changes tells it."""

    key_result_id: str
    changed_on: str
    field: str
    old: str
    new: str
    reason: str
    approved_by: str = ""


CHANGES = (
    PlantedChange("2026Q4-SA-O3-KR1", "2026-10-12", "Target", "10", "12", "42 signed by September, 40 planned",
                  "Grace Lin"),
    PlantedChange("2026Q3-PF-O1-KR2", "2026-08-20", "Target", "60", "50", "The partition scheme did not hold"),
    PlantedChange("2026-SA-O1-KR1", "2026-10-12", "Stretch target", "55", "60", "42 signed by September, 40 planned",
                  "Grace Lin"),
)  # fmt: skip

# Goals whose recorded score lies apart from the data, by that much.
RECORDED_APART = {"2026Q2-NS-O3": 0.22, "2026Q3-AP-O2": -0.2, "2026Q1-SB-O2": 0.25}


def planted_in(cycle: Cycle, company: Company) -> dict[str, PlantedGoal]:
    """The planted goals of a cycle by their ids; none in a company without stories."""
    return {goal.objective_id: goal for goal in PLANTED if goal.cycle == cycle.label and company.stories}


def recorded_apart(company: Company) -> dict[str, float]:
    """The goals whose recorded score lies apart from the data, and how far; none in a company without stories."""
    return RECORDED_APART if company.stories else {}


def style_in(team: Team, cycle: Cycle) -> str:
    """How the team scores in the cycle: some teams change their ways over time."""
    if team.style == "near_top" and cycle.starts_on < NEAR_TOP_SINCE:
        return "ordinary"
    if team.style == "newcomer" and quarters_since_roll_out(team, cycle) >= NEWCOMER_QUARTERS:
        return "ordinary"
    return team.style


def lift_in(team: Team, cycle: Cycle) -> float:
    """How far the team's goals of the cycle lie above the usual scores of its style."""
    style = style_in(team, cycle)
    if style == "newcomer":
        return 0.12 * quarters_since_roll_out(team, cycle)
    return LIFT.get(quarter_with(cycle.starts_on).label, 0.0) if style in ("ordinary", "hard") else 0.0


def quarters_since_roll_out(team: Team, cycle: Cycle) -> int:
    """How many quarters the team had OKRs before the cycle."""
    return number(quarter_with(cycle.starts_on)) - number(quarter_with(team.since))
