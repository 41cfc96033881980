"""What conditions may ask for: the quantities of `sim.engine.facts`, with their ranges."""

from collections.abc import Iterable

from sim.scenario.expressions import Names, Variable
from sim.scenario.schema_types import MOODS, STATUSES, STYLES

_STAGES = ("awareness", "exploration", "expansion", "commitment", "dissolution")
_STAGES_ZH = ("知晓", "探索", "扩展", "承诺", "解体")
_LEVELS = ("brand", "distant", "face_to_face", "intimate")
_LEVELS_ZH = ("品牌关系", "远距离关系", "面对面关系", "亲密关系")
_TYPES = ("saboteur", "mercenary", "captive", "evangelist")
_TYPES_ZH = ("破坏者", "图利者", "囚禁者", "传道者")


def _meter(zh: str, high: float = 100.0) -> Variable:
    return Variable(per_customer=True, lo=0.0, hi=high, zh=zh)


def _count(zh: str) -> Variable:
    return Variable(per_customer=True, lo=0.0, zh=zh)


def _word(zh: str, choices: tuple[str, ...], choices_zh: tuple[str, ...]) -> Variable:
    return Variable("choice", per_customer=True, choices=choices, zh=zh, choices_zh=choices_zh)


_CUSTOMER = {
    "satisfaction": _meter("满意度"),
    "loyalty": _meter("忠诚度"),
    "trust": _meter("信任"),
    "expectation": _meter("期望"),
    "experience": _meter("体验"),
    "bond": _meter("情谊"),
    "resentment": _meter("怨气"),
    "dependence": _meter("折扣依赖", 1.0),
    "procedural": _meter("程序成本", 200.0),
    "financial": _meter("财务成本", 200.0),
    "switching_cost": _meter("转移成本"),
    "behaviour": _meter("行为忠诚"),
    "purchases": _count("购买次数"),
    "potential": _count("潜力"),
    "size": _count("人数"),
    "status": _word("状态", STATUSES, ("尚未出现", "潜在客户", "现有客户", "已流失", "已放手")),
    "stage": _word("关系阶段", _STAGES, _STAGES_ZH),
    "style": _word("性格", STYLES, ("驾驭型", "分析型", "表现型", "平易型")),
    "mood": _word("心情", MOODS, ("上升", "下降", "平静", "自满")),
    "deal_chance": _meter("成交机会", 1.0),
    "leave_chance": _meter("离开的可能", 1.0),
    "complaint": _meter("投诉", 3.0),
    "failure": _meter("失误", 3.0),
    "contact": _count("联系压力"),
    "attention": _meter("心中份额", 1.0),
    "coach": _count("内线教练"),
    "knowledge": _meter("了解程度", 1.0),
    "idle": _count("未联系回合"),
    "promise": _word("承诺时限", ("none", "hard", "safe", "ladder"), ("无", "紧", "宽", "附赔付")),
    "type": _word("客户类型", _TYPES, _TYPES_ZH),
    "level": _word("关系层次", _LEVELS, _LEVELS_ZH),
}
_METERS = {
    "score_satisfaction": Variable(lo=0.0, hi=100.0, zh="满意得分"),
    "score_loyalty": Variable(lo=0.0, hi=100.0, zh="忠诚得分"),
    "score_switching_cost": Variable(lo=0.0, hi=100.0, zh="转移成本得分"),
    "score_equity": Variable(lo=0.0, hi=150.0, zh="客户资产得分"),
    "score": Variable(lo=0.0, hi=150.0, zh="总分"),
}


def names_for(
    *,
    turns: int,
    customers: int,
    variables: Iterable[str],
    events: Iterable[str],
    encounters: Iterable[str],
    at_end: bool,
) -> Names:
    """The vocabulary of a scenario.

    Args:
        turns: length of the game.
        customers: rows of the portfolio.
        variables: the scenario's own.
        events: ids, asked for as `event.id`: how often it has happened.
        encounters: ids, asked for as `encounter.id`: how often it has opened.
        at_end: whether the game is over, so that there is a score.
    """
    known = {
        **_CUSTOMER,
        "turn": Variable(lo=1.0, hi=float(turns + at_end), zh="回合"),
        "money": Variable(zh="资金"),
        "competition": Variable(lo=0.0, hi=1.0, zh="竞争"),
        "core_quality": Variable(lo=0.0, hi=100.0, zh="核心质量"),
        "rival_study": Variable(lo=0.0, hi=6.0, zh="对手研究"),
        "people_knowledge": Variable(lo=0.0, hi=1.0, zh="社会知识"),
        "product_knowledge": Variable(lo=0.0, hi=1.0, zh="产品知识"),
        "staff_knowledge": Variable(lo=0.0, hi=1.0, zh="员工素质"),
        "kept": Variable(lo=0.0, hi=1.0, zh="留住的份额"),
        "active": Variable(lo=0.0, hi=float(customers), zh="现有客户数"),
        "lost": Variable(lo=0.0, hi=float(customers), zh="流失客户数"),
        "profit": Variable(zh="利润"),
    }
    known |= {name: Variable() for name in variables}
    known |= {f"event.{name}": Variable(lo=0.0) for name in events}
    known |= {f"encounter.{name}": Variable(lo=0.0) for name in encounters}
    return Names(known | _METERS if at_end else known)
