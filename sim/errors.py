"""The errors of the program: a code and its data, never a finished sentence.

The sentence depends on the reader's language, so it is made where the reader is (`sim.view.words`).
"""

from collections.abc import Iterable
from functools import partial
from typing import Any, Self


class SimError(Exception):
    """Something outside the program is wrong, and whoever caused it can act on it.

    Attributes:
        code: Stable name such as `choice/too-expensive`; the part before the slash is the family.
        data: What the sentence needs: values, places, what would be allowed.
    """

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        """The code and its data, for tests and reports; players read `sim.view.words` instead."""
        details = ", ".join(f"{name}={value!r}" for name, value in self.data.items())
        return f"{self.code} ({details})" if details else self.code

    def __reduce__(self) -> tuple[partial[Self], tuple[()]]:
        """Pickles with its data, because batches run in other processes."""
        return partial(type(self), self.code, **self.data), ()


class ScenarioError(SimError):
    """A scenario that cannot be played, with *all* its problems at once.

    Attributes:
        problems: In the order of the file; each knows its own code, place and words.
    """

    def __init__(self, problems: Iterable[Any]) -> None:
        self.problems = tuple(problems)
        super().__init__("scenario/invalid", num_problems=len(self.problems))

    def __str__(self) -> str:
        """One line per problem."""
        return "\n".join(str(problem) for problem in self.problems)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles with its problems."""
        return type(self), (self.problems,)


class IllegalChoiceError(SimError):
    """A choice that the rules do not allow; nothing of the call it came with has happened."""


class SaveError(SimError):
    """A game file that cannot be read, written or reproduced."""
