"""The fields of a scenario as tables, from the models that check them.

    field_tables(library, lang) -> Markdown

What a field may hold is read from the JSON Schema that editors get; what it means, from
`scenarios/library/fields.yaml`.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from sim.scenario.library import Library
from sim.scenario.messages import Language
from sim.scenario.schema import json_schema, models
from sim.scenario.schema_scenario import Scenario
from sim.scenario.wording import number

# The kinds of entries in the order of a file: where they stand, and what they are called.
KINDS: dict[str, tuple[str, str, str]] = {
    "Scenario": ("", "The scenario", "情景"),
    "Text": ("title, name, text …", "A text", "文字"),
    "Budget": ("budget", "The budget", "预算"),
    "Market": ("market", "The market", "市场"),
    "Rival": ("rivals.ID", "A rival", "对手"),
    "Prior": ("prior, customers.ID.prior", "What is left open", "未写明的部分"),
    "Customer": ("customers.ID", "A customer", "客户"),
    "Person": ("customers.ID.people.ID", "A person at a customer", "客户中的人物"),
    "StylePrior": ("customers.ID.people.ID.prior", "A person's unknown style", "人物未知的性格"),
    "Action": ("actions.ID", "An action on a customer", "针对客户的行动"),
    "Needs": ("actions.ID.needs", "When an action may be chosen", "选用行动的条件"),
    "Effect": ("actions.ID.effect, responses.ID.effect", "An effect", "效果"),
    "Shock": ("effect.shock", "A push to the mood", "对心情的冲击"),
    "WinBack": ("effect.win_back", "An offer to somebody who left", "挽回条件"),
    "Written": (
        "effect.satisfaction, effect.loyalty",
        "A meter set directly",
        "直接改写的指标",
    ),
    "MarketAction": ("market_actions.ID", "An action for the whole firm", "针对企业的行动"),
    "MarketEffect": ("market_actions.ID.effect", "Its effect", "它的效果"),
    "Encounter": ("encounters.ID", "An encounter", "情境"),
    "Clue": ("encounters.ID.clue", "A clue", "线索"),
    "Response": ("encounters.ID.responses.ID", "A response", "回应"),
    "Deliberate": (
        "actions.ID.deliberate, responses.ID.deliberate",
        "What the expert always or never does",
        "专家总选或从不选的理由",
    ),
    "Unanswered": ("encounters.ID.unanswered", "No answer", "无人回应"),
    "Event": ("events.ID", "An event", "事件"),
    "EventEffect": ("events.ID.effect", "What an event changes", "事件的作用"),
    "EventMood": ("events.ID.effect.mood", "How an event turns moods", "事件如何改变心情"),
    "Judgement": ("judgement", "The expert's judgement", "专家的判断"),
    "Ending": ("endings.ID", "An ending", "结局"),
}
# Words that have a table of their own (see reference_words).
VOCABULARIES = {
    "mood": ("mood", "心情"),
    "style": ("style", "性格"),
    "role": ("buying role", "采购角色"),
    "status": ("status", "客户状态"),
    "family": ("family of deeds", "行动类别"),
    "kind": ("kind of knowledge", "信息种类"),
    "motive": ("motive", "购买动机"),
    "concept": ("concept", "概念"),
    "parameter": ("parameter", "参数"),
}


def field_tables(library: Library, lang: Language) -> str:
    """One table for each kind of entry, in Markdown."""
    schema = json_schema(library, lang)
    known = models(BaseModel)
    parts = []
    for name, (where, *titles) in KINDS.items():
        entry = schema if name == "Scenario" else schema["$defs"][name]
        place = f"`{where}`\n\n" if where else ""
        head = f'<a id="{name.lower()}"></a>\n\n### {titles[lang == "zh"]}\n\n{place}'
        parts.append(head + _table(known.get(name, Scenario), entry, library, lang))
    return "\n\n".join(parts)


def _table(
    model: type[BaseModel], entry: Mapping[str, Any], library: Library, lang: Language
) -> str:
    titles = {"en": "Field | Holds | If left out | Meaning", "zh": "字段 | 内容 | 不写时 | 含义"}
    rows = [f"| {titles[lang]} |", "| --- | --- | --- | --- |"]
    wanted = {info.alias or name: info.is_required() for name, info in model.model_fields.items()}
    for name, field in entry["properties"].items():
        absent = _absent(model, name, required=wanted[name], lang=lang)
        holds = Teller(library, lang).holds(field)
        rows.append(f"| `{name}` | {holds} | {absent} | {field['description']} |")
    return "\n".join(rows)


def _absent(model: type[BaseModel], name: str, *, required: bool, lang: Language) -> str:
    if required:
        return "必填" if lang == "zh" else "must be there"
    fields = {info.alias or key: info for key, info in model.model_fields.items()}
    default = fields[name].get_default(call_default_factory=True)
    if isinstance(default, list):
        default = ", ".join(map(_shown, default))
    nothing = default in (None, "") or isinstance(default, dict | BaseModel)
    return "–" if nothing else f"`{_shown(default)}`"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return number(value) if isinstance(value, float) else str(value)


class Teller:
    """Says in one language what a field holds."""

    def __init__(self, library: Library, lang: Language) -> None:
        self._zh = lang == "zh"
        self._tables = {words: name for name, words in vocabularies(library).items()}

    def holds(self, node: Mapping[str, Any]) -> str:
        """What may stand there: `number, 0 to 100`."""
        if "$ref" in node:
            return self._link(node["$ref"].rpartition("/")[2])
        if "enum" in node:
            return self._word(node["enum"])
        if "const" in node:
            return f"`{node['const']}`"
        if "anyOf" in node:
            return self._one_of(*node["anyOf"])
        return self._typed(node)

    def _say(self, en: str, zh: str) -> str:
        return zh if self._zh else en

    def _link(self, name: str) -> str:
        title = KINDS[name][1 + self._zh]
        return f"[{title[0].lower() + title[1:]}](#{name.lower()})"

    def _word(self, words: list[str]) -> str:
        table = self._tables.get(tuple(words))
        if table is None:
            return self._say(", ", "、").join(f"`{word}`" for word in words)
        return f"[{VOCABULARIES[table][self._zh]}](#{table}-words)"

    def _one_of(self, first: Mapping[str, Any], second: Mapping[str, Any]) -> str:
        if second["type"] == "array":
            one = self.holds(first)
            return self._say(f"{one}; or a list, one for each turn", f"{one}；或每回合一个的列表")
        if 1 in {first.get("maximum"), first.get("exclusiveMaximum")}:
            return self._say("share", "比例") + self._sizes(first, percent=True)
        return self._say("number or percentage", "数或百分数") + self._sizes(first)

    def _typed(self, node: Mapping[str, Any]) -> str:
        kind = node["type"]
        if kind == "object":
            return self._entries(node)
        if kind == "array":
            most = self._most(node.get("maxItems"))
            return self._say(f"list{most}: ", f"列表{most}：") + self.holds(node["items"])
        if kind == "string":
            return self._text(node)
        if kind == "boolean":
            return "`true`" + self._say(" or ", " 或 ") + "`false`"
        if isinstance(kind, list):
            return self._say("number or id", "序号或标识")
        word = self._say("whole number", "整数") if kind == "integer" else self._say("number", "数")
        return word + self._sizes(node)

    def _text(self, node: Mapping[str, Any]) -> str:
        if node.get("format") == "condition":
            return f"[{self._say('condition', '条件')}](#conditions)"
        if "pattern" in node:
            return self._say("id", "标识")
        most = node.get("maxLength")
        return self._say(f"at most {most} characters", f"最多 {most} 个字符")

    def _entries(self, node: Mapping[str, Any]) -> str:
        inner = node.get("additionalProperties") or next(iter(node["patternProperties"].values()))
        names = node.get("propertyNames", {}).get("enum")
        most = self._most(node.get("maxProperties"))
        key = self._say("id", "标识") if names is None else self._word(names)
        return f"{key}{most}{self._say(': ', '：')}{self.holds(inner)}"

    def _most(self, limit: int | None) -> str:
        return "" if limit is None else self._say(f" (at most {limit})", f"（最多 {limit} 项）")

    def _sizes(self, node: Mapping[str, Any], *, percent: bool = False) -> str:
        low = _limit(node, "inimum", percent=percent)
        high = _limit(node, "aximum", percent=percent)
        if low and high:
            told = self._say(f"{low} to {high}", f"{low} 到 {high}")
        else:
            told = self._say(f"at least {low}", f"至少 {low}") if low else ""
        return self._say(", ", "，") + told if told else ""


def _limit(node: Mapping[str, Any], end: str, *, percent: bool) -> str:
    """One end of a range; brackets if it does not belong to it."""
    for name, shown in ((f"m{end}", "{}"), (f"exclusiveM{end}", "({})")):
        if name in node:
            value = float(node[name]) * (100.0 if percent else 1.0)
            return shown.format(number(value).replace("-", "−") + ("%" if percent else ""))
    return ""


def vocabularies(library: Library) -> dict[str, tuple[str, ...]]:
    """The words of each of `VOCABULARIES`."""
    return {
        "mood": tuple(library.moods),
        "style": tuple(library.styles),
        "role": tuple(library.roles),
        "status": tuple(library.names["statuses"]),
        "family": tuple(library.families),
        "kind": tuple(library.kinds),
        "motive": tuple(library.motives),
        "concept": tuple(library.concepts),
        "parameter": tuple(library.parameters),
    }
