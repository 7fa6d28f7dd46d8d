"""The sample company's goals as the sheets people keep: one row per key result, in English or in Chinese."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.cycles import Cycle

PLAIN, PERCENT, DATE = "plain", "percent", "date"
POINTS_UNTIL = 2025

ENGLISH = {
    "Objective ID": "objective_id", "Objective": "title", "Cycle": "cycle", "Team": "team_name", "Owner": "owner",
    "Level": "level", "Ambition": "ambition", "Origin": "origin", "Adoption": "adoption", "Parent": "parent",
    "Objective status": "status", "Created on": "created_on", "Agreed on": "agreed_on", "Aligned on": "aligned_on",
    "Reviewed on": "reviewed_on", "Review note": "review_note", "Next steps": "next_steps",
    "Key result ID": "key_result_id", "Key result": "kr_title", "KR weight": "kr_weight", "Measure": "kr_measure",
    "Unit": "kr_unit", "Start value": "kr_start", "Target value": "kr_target", "Base target": "kr_base",
    "Stretch target": "kr_stretch", "Current value": "current",
    "Self score": "score_self", "Score": "score",
}  # fmt: skip
CHINESE = {
    "目标编号": "objective_id", "目标": "title", "周期": "cycle", "部门": "team_name", "负责人": "owner",
    "层级": "level", "OKR类型": "ambition", "来源": "origin", "对齐目标": "parent", "目标状态": "status",
    "创建日期": "created_on", "确认日期": "agreed_on", "复盘日期": "reviewed_on",
    "关键结果编号": "key_result_id", "关键结果": "kr_title", "KR权重": "kr_weight", "衡量方式": "kr_measure",
    "单位": "kr_unit", "初始值": "kr_start", "目标值": "kr_target", "最新值": "current",
    "自评分": "score_self", "上级评分": "score",
}  # fmt: skip
OBJECTIVE_COLUMNS = {*list(ENGLISH.values())[: list(ENGLISH).index("Key result ID")]}
FORMATS = {
    "kr_weight": PERCENT, "created_on": DATE, "agreed_on": DATE, "aligned_on": DATE, "reviewed_on": DATE,
}  # fmt: skip
WORDS = {"top_down": "Top-down", "bottom_up": "Bottom-up", "taken_over": "Taken over"}
WORDS_ZH = {
    "company": "公司", "department": "部门", "team": "团队", "individual": "个人", "committed": "承诺型",
    "aspirational": "挑战型", "top_down": "自上而下", "bottom_up": "自下而上", "lateral": "横向",
    "active": "进行中", "done": "已完成", "draft": "草稿", "cancelled": "已取消",
    "number": "数值", "percent": "百分比", "currency": "金额", "milestone": "里程碑",
}  # fmt: skip
CODED = ("level", "ambition", "origin", "adoption", "status", "kr_measure")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title row, its frame with headers as written, formats by header, and what is merged."""

    name: str
    title: str
    frame: pd.DataFrame
    formats: dict[str, str]
    merged: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()


def english_sheet(key_results: pd.DataFrame, cycle: Cycle) -> Sheet:
    """The headquarters' sheet of a cycle: objective cells merged in even years and repeated in odd ones."""
    frame = _on_scale(key_results, cycle)
    for column in CODED:
        frame[column] = frame[column].map(lambda word: WORDS.get(word, str(word).replace("_", " ").capitalize()))
    merged = tuple(name for name, column in ENGLISH.items() if column in OBJECTIVE_COLUMNS)
    merge = merged if cycle.starts_on.year % 2 == 0 else ()
    title = f"远岭集团 Farridge Group · OKR {cycle.label}"
    return _sheet(f"OKR {cycle.label}", title, frame, ENGLISH, merge)


def chinese_sheet(key_results: pd.DataFrame, cycle: Cycle) -> Sheet:
    """The monthly branch's sheet: goals inside the branch named by title, objective cells left blank below."""
    frame = _on_scale(key_results, cycle, points=True)
    titles = dict(zip(frame["objective_id"], frame["title"], strict=True))
    frame["parent"] = frame["parent"].map(lambda parent: titles.get(parent, parent))
    for column in CODED:
        frame[column] = frame[column].map(lambda word: WORDS_ZH.get(word, word))
    label = f"{cycle.starts_on.year}年{cycle.starts_on.month}月"
    frame["cycle"] = label
    again = frame["objective_id"].duplicated()
    shown = frame.astype(object).mask(again, np.nan)
    frame = frame.assign(**{column: shown[column] for column in OBJECTIVE_COLUMNS if column != "cycle"})
    return _sheet(label, f"西山分公司OKR管理表 {label}", frame, CHINESE, ())


def _sheet(name: str, title: str, frame: pd.DataFrame, headers: dict[str, str], merged: tuple[str, ...]) -> Sheet:
    groups = tuple(frame.groupby("objective", sort=False).size())
    written = frame[list(headers.values())].set_axis(list(headers), axis=1)
    formats = {header: FORMATS.get(column, PLAIN) for header, column in headers.items()}
    return Sheet(name, title, written, formats, merged, groups)


def _on_scale(key_results: pd.DataFrame, cycle: Cycle, *, points: bool = False) -> pd.DataFrame:
    factor = 100 if points or cycle.starts_on.year <= POINTS_UNTIL else 1
    scores = key_results[["score", "score_self"]] * factor
    return key_results.assign(score=scores["score"].round(2), score_self=scores["score_self"].round(2))
