"""A condition told back to its author, in words of either language."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.scenario.expressions.names import Names
from sim.scenario.expressions.tree import (
    Among,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Joined,
    Name,
    Negative,
    Node,
    Not,
    Number,
)
from sim.scenario.messages import Language
from sim.scenario.wording import number

_COMPARED = {
    "en": {
        "<": "is below",
        "<=": "is at most",
        ">": "is above",
        ">=": "is at least",
        "==": "is",
        "!=": "is not",
    },
    "zh": {"<": "低于", "<=": "不高于", ">": "高于", ">=": "不低于", "==": "为", "!=": "不为"},
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_CALLED = {
    "en": {
        "any": "for at least one customer, {part}",
        "all": "for every customer, {part}",
        "count": "the number of customers for whom {part}",
        "average": "the average {part}",
        "lowest": "the lowest {part}",
        "highest": "the highest {part}",
    },
    "zh": {
        "any": "至少有一位客户{part}",
        "all": "所有客户{part}",
        "count": "{part}的客户数",
        "average": "平均{part}",
        "lowest": "最低的{part}",
        "highest": "最高的{part}",
    },
}
_ARITHMETIC = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Speaks one language about one vocabulary; ``called`` names customers by id."""

    lang: Language
    names: Names
    called: Mapping[str, str]

    def words(self, node: Node) -> str:
        """The words for a part."""
        if isinstance(node, Compare):
            return self._compare(node)
        if isinstance(node, Joined):
            return self._joined(node)
        if isinstance(node, Among):
            return self._among(node)
        if isinstance(node, Not):
            return self._not(node)
        if isinstance(node, Call):
            return self._call(node)
        return self._value(node)

    def _pick(self, en: str, zh: str) -> str:
        return zh if self.lang == "zh" else en

    def _value(self, node: Node) -> str:
        if isinstance(node, Number):
            return f"{number(node.value * 100)}%" if node.percent else number(node.value)
        if isinstance(node, Name):
            return self._name(node)
        if isinstance(node, Choice):
            return self._choice(node)
        if isinstance(node, Negative):
            return f"−{self._inner(node.part)}"
        assert isinstance(node, Arithmetic)
        return f"{self._inner(node.left)}{_ARITHMETIC[node.op]}{self._inner(node.right)}"

    def _name(self, node: Name) -> str:
        variable = self.names[node.name]
        word = self._pick(variable.en or node.name.replace("_", " "), variable.zh or node.name)
        if node.customer is None:
            return word
        customer = self.called.get(node.customer, node.customer)
        return self._pick(f"{customer}’s {word}", f"{customer}的{word}")

    def _choice(self, node: Choice) -> str:
        variable = self.names[node.variable]
        chinese = variable.choices_zh[node.index : node.index + 1]
        return self._pick(
            variable.choices[node.index], *(chinese or variable.choices[node.index :][:1])
        )

    def _compare(self, node: Compare) -> str:
        subject, ops, others = node.operands[0], list(node.ops), list(node.operands[1:])
        if _is_constant(subject) and len(others) <= 2:  # 20 <= trust < 60: trust is at least 20
            ops[0], others[0], subject = _TURNED[ops[0]], subject, others[0]
        said = [self._compared(op, other) for op, other in zip(ops, others, strict=True)]
        if self.lang == "zh":
            return self._inner(subject) + "且".join(said)
        first, *more = said
        return " and ".join([f"{self._inner(subject)} {first}", *(one[3:] for one in more)])

    def _compared(self, op: str, other: Node) -> str:
        said = _COMPARED[self.lang][op]
        if self.lang == "zh" and isinstance(other, Choice):
            said = {"==": "是", "!=": "不是"}.get(op, said)
        return f"{said}{self._pick(' ', '')}{self._inner(other)}"

    def _joined(self, node: Joined) -> str:
        between = {"and": self._pick(" and ", "且"), "or": self._pick(" or ", "或")}[node.op]
        return between.join(self._inner(part, node.op) for part in node.parts)

    def _among(self, node: Among) -> str:
        listed = [self._value(option) for option in node.options]
        options = self._pick(" or ", "或").join(listed)
        said = self._pick("is not" if node.negated else "is", "不是" if node.negated else "是")
        return f"{self._inner(node.value)}{self._pick(f' {said} ', said)}{options}"

    def _not(self, node: Not) -> str:
        if isinstance(node.part, Name):
            return self._pick("not ", "非") + self._name(node.part)
        return self._pick(f"not ({self.words(node.part)})", f"并非（{self.words(node.part)}）")

    def _call(self, node: Call) -> str:
        part = self._inner(node.part)
        return _CALLED[self.lang][node.function].format(part=part)

    def _inner(self, node: Node, beside: str = "and") -> str:
        """The words of a part, in brackets where it could be read otherwise."""
        loose = isinstance(node, Joined) and not (beside == "or" and node.op == "and")
        telling = isinstance(node, Call) and node.function in {"any", "all", "count"}
        words = self.words(node)
        if loose or isinstance(node, Arithmetic) or (telling and self.lang == "en"):
            return self._pick(f"({words})", f"（{words}）")
        return words


def _is_constant(node: Node) -> bool:
    return isinstance(node, Number | Choice)
