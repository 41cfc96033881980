"""Did you mean: the nearest allowed word, by meaning first and then by spelling.

``nearest(word, choices)`` is the one entry. Meaning comes from a table of what people write for
the words of the course, in English and Chinese; grow it from what is seen in class.
"""

from collections.abc import Iterable
from functools import lru_cache

LONGEST_WORD = 40
SHORTEST_MISSPELT = 4

# word of the scenario language: what people write instead
_SAID_INSTEAD = {
    # moods
    "rising": "happy growth growing up good great excited eager optimistic positive improving "
    "ambitious 高兴 开心 上升 增长 成长 成长型 积极 乐观 兴奋 向上 走高 进取",
    "falling": "sad trouble troubled down bad angry unhappy upset worried negative worse declining "
    "crisis 生气 难过 下降 困境 困难 麻烦 消极 不满 不高兴 愤怒 焦虑 走低 低落",
    "calm": "even even-keel even_keel neutral steady stable flat normal satisfied content quiet ok "
    "okay 平静 平稳 稳定 平淡 中性 安于现状 满足 平衡 正常",
    "complacent": "overconfident over-confident smug arrogant proud cocky self-satisfied 自满 自大 "
    "过度自信 自负 骄傲 得意",
    # social styles
    "driver": "driving director dominant commander red 驾驭型 驾驭 推动型 推动者 支配型 控制型 "
    "力量型 老虎 主导型 驱动型 指挥型",
    "analytical": "analyst analytic analyser analyzer thinker conscientious blue 分析型 分析 "
    "完美型 思考型 猫头鹰 理智型",
    "expressive": "promoter influencer-style yellow 表达型 表现型 活泼型 孔雀 外向型 热情型",
    "amiable": "friendly supporter supportive kind green 亲切型 友善型 亲和型 和平型 平易型 随和型 "
    "温和型 考拉 友好型",
    "neutral": "none plain default 中立 中性 无 普通",
    # buying roles
    "decider": "decision-maker decision_maker decisionmaker boss owner chief ceo 决策者 决策人 "
    "决定者 老板 拍板人",
    "approver": "approval authoriser authorizer signer 批准者 审批者 审批人 批准人",
    "influencer": "adviser advisor expert technical 影响者 技术专家 顾问 意见领袖",
    "user": "end-user enduser consumer operator 使用者 用户 使用人",
    "buyer": "purchaser purchasing procurement purchase 采购 采购员 购买者 采购者 采购人",
    "gatekeeper": "gate-keeper secretary assistant receptionist 把关者 守门人 秘书 看门人 守门员",
    "coach": "guide insider mentor champion sponsor 教练 内线 向导 内部向导 支持者",
    "initiator": "starter requester 发起者 发起人 倡议者",
    # statuses
    "prospect": "lead candidate potential new target 潜在客户 潜在 准客户 线索 新客户",
    "active": "current customer present existing live 现有 活跃 在册 现客户 老客户 当前",
    "lapsed": "lost gone churned left former ex inactive 流失 已流失 离开 失去 前客户",
    "released": "fired dropped dismissed 放弃 已放弃 剥离 释放",
    "unborn": "future later reserved 未出现 未来 预留 尚未出现",
    # stages of a relationship
    "awareness": "aware unknown unaware 认知 知晓 了解",
    "exploration": "explore exploring trial trying 探索 试探 尝试",
    "expansion": "expand expanding deepening 扩展 扩大 扩张 深化",
    "commitment": "committed commit 承诺 忠诚 投入",
    "dissolution": "dissolved ending ended breakup divorce 解体 破裂 结束 瓦解",
    # families of actions
    "pitch": "sell selling sales offer proposal 推销 销售 提案 推介",
    "contact": "visit call touch keep-in-touch 联系 接触 拜访 沟通",
    "discovery": "discover research ask questions learn insight 探询 了解 调研 提问 发现",
    "service": "serve support help care 服务 支持 帮助",
    "value": "benefit extra worth 价值 增值 让利",
    "lock-in": "lockin lock_in lock earned switching-cost 锁定 转移成本 转换成本 绑定",
    "growth": "grow upsell up-sell cross-sell crosssell 增购 交叉销售 增长 追加销售",
    "recovery": "recover apology apologise apologize complaint repair 补救 挽回 道歉 投诉处理",
    "prospecting": "acquisition acquire hunting 开发 拓客 获客",
    "coercive": "coercion force forced contract captive-terms 强制 胁迫 合同",
    "portfolio": "tiering tiers selection 组合 分级 客户组合",
    # kinds of customers by loyalty
    "evangelist": "apostle fan advocate loyalist 传道者 使徒 粉丝 拥护者",
    "mercenary": "switcher bargain-hunter 唯利者 雇佣兵 图利者",
    "captive": "hostage prisoner locked 人质 被困者 囚徒",
    "saboteur": "terrorist defector 破坏者 恐怖分子 背叛者",
    # kinds of customer and other ids
    "consumer": "person individual private 消费者 个人 散客",
    "account": "company firm business organisation organization client 企业 公司 "
    "大客户 企业客户 机构",
    "segment": "group cluster crowd 细分 群体 客群",
    # field names and the names used in conditions
    "satisfaction": "happiness satisfied content csat 满意 满意度",
    "loyalty": "loyal faithfulness 忠诚 忠诚度",
    "trust": "confidence faith 信任 信任度 信赖",
    "switching_cost": "switching lock-in lockin barrier 转移成本 转换成本 锁定",
    "mood": "emotion feeling attitude readiness 心情 情绪 心态 状态",
    "style": "personality type character temperament 风格 性格 类型 个性",
    "role": "function job position 角色 职能 职位",
    "turn": "round week month period day turns 回合 轮 周 月 期",
    "name": "title label called 名称 名字 姓名",
    "text": "body content description message 文字 正文 内容",
    "when": "if condition trigger 条件 触发 当",
    "choices": "options answers responses replies 选项 回答 选择",
    "effect": "effects result results outcome consequence 效果 结果 影响",
    "cost": "costs price expense 成本 花费 费用",
    "money": "cash dollars euros yuan funds 钱 资金 金钱 现金",
    "hours": "time hour effort 时间 小时 工时",
    "extends": "inherits inherit base like copy_of 继承 扩展",
    "true": "on y 1 是 对 真 有",
    "false": "off n 0 否 不 假 无",
}


def _by_word() -> dict[str, tuple[str, ...]]:
    meant: dict[str, tuple[str, ...]] = {}
    for word, said in _SAID_INSTEAD.items():
        for other in said.split():
            meant[other] = (*meant.get(other, ()), word)
    return meant


_MEANT = _by_word()


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The allowed word that was probably meant.

    Args:
        word: What was written.
        choices: What is allowed.

    Returns:
        One of the choices, or None when nothing is near enough.
    """
    return _nearest(word.strip()[: LONGEST_WORD + 1], tuple(choices))


@lru_cache(maxsize=1024)
def _nearest(word: str, choices: tuple[str, ...]) -> str | None:
    if not word or len(word) > LONGEST_WORD:
        return None
    return (
        _by_meaning(word, choices)
        or _by_spelling(word, choices)
        or _by_misspelt_meaning(word, choices)
    )


def _by_meaning(word: str, choices: tuple[str, ...]) -> str | None:
    folded = _folded(word)
    same = next((choice for choice in choices if _folded(choice) == folded), None)
    if same is not None:
        return same
    meant = (*_MEANT.get(word.casefold(), ()), *_MEANT.get(folded, ()))
    return next((choice for choice in meant if choice in choices), None)


def _by_misspelt_meaning(word: str, choices: tuple[str, ...]) -> str | None:
    said = [other for other, meant in _MEANT.items() if not set(meant).isdisjoint(choices)]
    near = _by_spelling(word, tuple(said)) if len(word) >= SHORTEST_MISSPELT else None
    return None if near is None else _by_meaning(near, choices)


def _by_spelling(word: str, choices: tuple[str, ...]) -> str | None:
    allowed = max(1, (len(word) + 1) // 3) if len(word) > 1 else 0
    best: str | None = None
    for choice in choices:
        if abs(len(choice) - len(word)) > allowed:
            continue
        distance = _distance(_folded(word), _folded(choice), allowed)
        if distance < min(allowed + 1, max(len(choice), 2)):
            best, allowed = choice, distance - 1
    return best


def _folded(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


def _distance(one: str, other: str, enough: int) -> int:
    """Optimal string alignment distance; anything above ``enough`` comes back as more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, theirs in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (mine != theirs))
            if i > 1 and j > 1 and mine == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > enough:
            return enough + 1
    return row[-1]
