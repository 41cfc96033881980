"""The words, names and ids that a scenario may use, and what `check` may say, as tables.

words_tables, condition_tables, step_tables, action_tables, parameter_table, concept_table,
code_table: (library, lang) -> Markdown
"""

from collections.abc import Iterable, Mapping, Sequence

from sim.scenario.diagnostics import pattern
from sim.scenario.explaining import advice
from sim.scenario.expressions import Variable
from sim.scenario.expressions.tokens import FUNCTIONS, WORDS
from sim.scenario.library import Library
from sim.scenario.messages import MESSAGES, Language
from sim.scenario.reference_fields import VOCABULARIES
from sim.scenario.schema_library import ParameterEntry
from sim.scenario.schema_types import Text
from sim.scenario.vocabulary import names_for
from sim.scenario.wording import number

_FAMILIES = {
    "S": ("The file as text and as YAML", "文件与 YAML"),
    "T": ("Fields and what they hold", "字段及其内容"),
    "R": ("Ids that lead nowhere", "找不到的标识"),
    "X": ("Conditions", "条件"),
    "L": ("What only the whole file tells", "整体检查"),
    "W": ("How texts are written", "文字的写法"),
    "C": ("Choices that are none", "称不上选择的选择"),
    "O": ("What opens and ends, and what never does", "何时出现、如何结束、什么永不发生"),
    "P": ("People and what can be known of them", "人物与了解"),
    "M": ("Means, score and effects", "资源、计分与效果"),
    "E": ("Edits, tables of texts, spreadsheets, versions", "修改、文字表、电子表格与版本"),
}
_SEVERITIES = {"error": ("error", "错误"), "warning": ("warning", "警告"), "note": ("note", "提示")}
_CALLED = {
    "any": ("true if it holds for at least one customer", "至少有一位客户符合时为真"),
    "all": ("true if it holds for every customer", "所有客户都符合时为真"),
    "count": ("how many customers it holds for", "符合的客户有多少位"),
    "average": ("mean over the customers", "各客户的平均值"),
    "lowest": ("the least of the customers", "各客户中最低的"),
    "highest": ("the greatest of the customers", "各客户中最高的"),
}


def table(titles: str, rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; titles as `one | two`."""
    bars = "|".join(" --- " for _ in titles.split("|"))
    lines = [f"| {titles} |", f"|{bars}|"]
    return "\n".join([*lines, *(f"| {' | '.join(map(_cell, row))} |" for row in rows)])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("*", "\\*")


def words_tables(library: Library, lang: Language) -> str:
    """The words for moods, styles, roles, statuses, families, kinds, motives and manners."""
    entries: dict[str, Mapping[str, object]] = {
        "mood": library.moods,
        "style": library.styles,
        "role": library.roles,
        "status": library.names["statuses"],
        "family": library.families,
        "kind": library.kinds,
        "motive": library.motives,
    }
    titles = {"en": "Word | Name | Meaning", "zh": "词语 | 名称 | 含义"}[lang]
    parts = [
        _headed(
            f"{name}-words", VOCABULARIES[name][lang == "zh"], table(titles, _named(each, lang))
        )
        for name, each in entries.items()
    ]
    manners = table(titles, _named(library.manners, lang))
    return "\n\n".join(
        [*parts, _headed("manner-words", "方式" if lang == "zh" else "manner", manners)]
    )


def _headed(anchor: str, title: str, body: str) -> str:
    return f'<a id="{anchor}"></a>\n\n### {title[0].upper() + title[1:]}\n\n{body}'


def _named(entries: Mapping[str, object], lang: Language) -> Iterable[tuple[str, ...]]:
    for name, entry in entries.items():
        texts = [getattr(entry, field, None) for field in ("name", "text")]
        said = [text.in_language(lang) if isinstance(text, Text) else "" for text in texts]
        yield (f"`{name}`", *said)


def condition_tables(lang: Language) -> str:
    """The names that conditions know, and the functions over customers."""
    names = names_for(turns=12, customers=16, variables=(), events=(), encounters=(), at_end=True)
    titles = {
        "en": "Name | In Chinese | Of | Range or words",
        "zh": "名称 | 中文 | 属于 | 范围或词语",
    }
    rows = [
        (f"`{name}`", each.zh, _owner(name, each, lang), _range(each))
        for name, each in names.items()
    ]
    counted = {
        "en": ("how often the event has happened", "how often the encounter has opened"),
        "zh": ("该事件发生过几次", "该情境出现过几次"),
    }[lang]
    for name, said in zip(("event.ID", "encounter.ID"), counted, strict=True):
        rows.append((f"`{name}`", "", _GAME[lang == "zh"], said))
    functions = [
        (f"`{name}(…)`", "、".join(_chinese(name)), _CALLED[name][lang == "zh"])
        for name in sorted(FUNCTIONS)
    ]
    heads = {"en": "Function | In Chinese | Meaning", "zh": "函数 | 中文 | 含义"}[lang]
    return f"{table(titles[lang], rows)}\n\n{table(heads, functions)}"


_GAME = ("the game", "整个游戏")
_END = ("the game, in endings only", "整个游戏，仅用于结局")
_EACH = ("a customer", "客户")


def _owner(name: str, variable: Variable, lang: Language) -> str:
    kinds = _EACH if variable.per_customer else _END if name.startswith("score") else _GAME
    return kinds[lang == "zh"]


def _range(variable: Variable) -> str:
    if variable.choices:
        spoken = variable.choices_zh or variable.choices
        pairs = zip(variable.choices, spoken, strict=True)
        return ", ".join(f"`{word}` {chinese}" for word, chinese in pairs)
    low, high = variable.lo, variable.hi
    if high == float("inf"):
        return "" if low == float("-inf") else f"{number(low)} –"
    return f"{number(low)} – {number(high)}"


def _chinese(function: str) -> list[str]:
    return [word for word, meant in WORDS.items() if meant == function and not word.isascii()]


def step_tables(library: Library, lang: Language) -> str:
    """The orders of steps with their steps by number and id."""
    titles = {"en": "Id | Name | Steps | In the mood", "zh": "标识 | 名称 | 步骤 | 所处心情"}[lang]
    rows = []
    for name, each in library.protocols.items():
        steps = ", ".join(
            f"{index} `{step.id}` {step.name.in_language(lang)}"
            for index, step in enumerate(each.steps, 1)
        )
        mood = f"`{each.mood}`" if each.mood else ""
        rows.append((f"`{name}`", each.name.in_language(lang), steps, mood))
    return table(titles, rows)


def action_tables(library: Library, lang: Language) -> str:
    """The actions of the library with what they cost."""
    titles = {
        "en": "Id | Name | Family | Hours | Money",
        "zh": "标识 | 名称 | 类别 | 小时 | 资金",
    }[lang]
    on_customers = [
        (
            f"`{name}`",
            each.name.in_language(lang),
            f"`{each.family}`",
            *_cost(each.hours, each.money),
        )
        for actions in library.actions.values()
        for name, each in actions.items()
    ]
    market = "market" if lang == "en" else "企业"
    on_market = [
        (f"`{name}`", each.name.in_language(lang), market, *_cost(each.hours, each.money))
        for actions in library.market_actions.values()
        for name, each in actions.items()
    ]
    return table(titles, [*on_customers, *on_market])


def _cost(hours: float, money: float) -> tuple[str, str]:
    return number(hours), number(money)


def parameter_table(library: Library, lang: Language) -> str:
    """The coefficients that a scenario may change, with their range."""
    titles = {"en": "Id | Value | Range | Meaning", "zh": "标识 | 数值 | 范围 | 含义"}[lang]
    rows = [(f"`{name}`", *_parameter(each, lang)) for name, each in library.parameters.items()]
    return table(titles, rows)


def _parameter(entry: ParameterEntry, lang: Language) -> tuple[str, str, str]:
    text = entry.text.in_language(lang) if entry.text else ""
    return number(entry.value), f"{number(entry.low)} – {number(entry.high)}", text


def concept_table(library: Library, lang: Language) -> str:
    """The concepts of the course that `teaches` may name."""
    titles = {"en": "Id | Name", "zh": "标识 | 名称"}[lang]
    named = library.concepts.items()
    return table(titles, [(f"`{name}`", each.name.in_language(lang)) for name, each in named])


def code_table(lang: Language) -> str:
    """Every code of `check` with its message and what to do about it."""
    titles = {"en": "Code | Level | Message | More", "zh": "代码 | 级别 | 消息 | 说明"}[lang]
    zh = lang == "zh"
    parts = []
    for letter, names in _FAMILIES.items():
        rows = [
            (
                code,
                _SEVERITIES[message.severity][zh],
                pattern(code, lang),
                advice(code, lang),
            )
            for code, message in sorted(MESSAGES.items())
            if code[0] == letter and code != "T98"
        ]
        parts.append(f"### {letter} · {names[zh]}\n\n{table(titles, rows)}")
    return "\n\n".join(parts)
