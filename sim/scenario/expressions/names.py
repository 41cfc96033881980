"""The vocabulary of conditions: which names there are, what they hold and what they are called."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["number", "boolean", "choice"]
Scope = Literal["run", "customer"]


@dataclass(frozen=True, slots=True)
class Variable:
    """Something a condition can ask for.

    Attributes:
        kind: What it holds; a choice is stored as the position of its word in ``choices``.
        per_customer: Whether it differs from customer to customer, ``[R, C]``, or not, ``[R, 1]``.
        lo: Least value of a number.
        hi: Greatest value of a number.
        choices: The words of a choice.
        en: What it is called in English; its name without ``_`` by default.
        zh: What it is called in Chinese, also accepted in conditions.
        choices_zh: The words in Chinese, also accepted.
    """

    kind: Kind = "number"
    per_customer: bool = False
    lo: float = float("-inf")
    hi: float = float("inf")
    choices: tuple[str, ...] = ()
    en: str = ""
    zh: str = ""
    choices_zh: tuple[str, ...] = ()

    def choice(self, word: str) -> int | None:
        """The position of a word, in either language and any case."""
        folded = word.casefold()
        for index, choice in enumerate(self.choices):
            if choice.casefold() == folded or word in self.choices_zh[index : index + 1]:
                return index
        return None


@dataclass(frozen=True)
class Names(Mapping[str, Variable]):
    """Variables by name."""

    variables: Mapping[str, Variable]

    def __getitem__(self, name: str) -> Variable:
        return self.variables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.variables)

    def __len__(self) -> int:
        return len(self.variables)

    @cached_property
    def _by_word(self) -> dict[str, str]:
        chinese = {v.zh: name for name, v in self.variables.items() if v.zh}
        return chinese | {name.casefold(): name for name in self.variables}

    def find(self, word: str) -> str | None:
        """The name meant by a word: the name in any case, or what it is called in Chinese."""
        return self._by_word.get(word.casefold())

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the vocabulary, for cutting text into tokens."""
        choices = (c for v in self.variables.values() for c in (*v.choices, *v.choices_zh))
        return frozenset({*self._by_word, *choices})
