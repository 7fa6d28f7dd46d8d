"""How files name what was changed of a goal: only a setting that is known here is a change that can be shown."""

import pandas as pd

from pipelines.texts import normalised

WORDS = {
    "target": ("target", "target value", "goal", "goal amount", "metric target value", "目标", "目标值", "指标值",
               "年度目标值", "季度目标值"),
    "base_target": ("base target", "基础目标", "基础目标值", "保底", "保底目标", "保底值"),
    "stretch_target": ("stretch target", "stretch", "stretch goal", "挑战目标", "挑战目标值", "冲刺",
                       "冲刺目标", "挑战值"),
    "start": ("start", "start value", "starting value", "metric start value", "starting amount", "baseline", "初始值",
              "起始值", "期初值", "基线", "基线值"),
    "title": ("title", "name", "summary", "objective", "key result", "kr", "goal title", "标题", "名称", "目标名称",
              "核心目标", "关键结果", "关键成果", "关键结果名称", "关键成果名称", "kr名称"),
    "description": ("description", "detail", "描述", "说明", "目标描述", "目标说明", "kr描述"),
    "weight": ("weight", "contribution", "权重", "目标权重", "关键结果权重", "关键成果权重", "kr权重", "o权重"),
    "due_on": ("due on", "due date", "due at", "due", "deadline", "end date", "截止", "截止日期", "截止时间",
               "完成时间", "完成期限", "结束日期"),
    "unit": ("unit", "uom", "单位", "指标单位", "计量单位"),
    "measure": ("measure", "metric type", "key result type", "衡量方式", "度量方式", "指标类型"),
    "ambition": ("ambition", "type", "commitment", "类型", "okr类型", "目标性质", "目标属性"),
}  # fmt: skip
"""What is agreed when a goal is set. Results of a goal are no part of it, nor is who answers for it: no figure names
a person, and a word nobody thought of may name one."""
MEANINGS = {word: name for name, words in WORDS.items() for word in words}
FRONT, BACK = r"^(?:objective|key result|kr|o)[ .]+(?=\S)", r"\s*\([^()]*\)$"


def meant(fields: "pd.Series[str]") -> "pd.Series[str]":
    """The setting each text names, by our own word; missing for every other text.

    Case, width, underscores, the kind of goal in front (`kr_target`) and a unit in brackets behind make no difference.
    """
    plain = normalised(fields).str.replace("_", " ").str.replace(BACK, "", regex=True)
    whole = plain.map(MEANINGS).astype("str")
    return whole.fillna(plain.str.replace(FRONT, "", regex=True).map(MEANINGS).astype("str"))
