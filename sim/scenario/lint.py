"""The checks across fields: what is well formed and still cannot be right.

Each check takes the context and reports what it finds; none of them raises, and none says anything
about a part that is not whole because something in it was wrong already.
"""

from collections.abc import Callable

from sim.scenario.lint_choices import check_choices
from sim.scenario.lint_conditions import Conditions
from sim.scenario.lint_context import Context
from sim.scenario.lint_customers import check_customers
from sim.scenario.lint_encounters import check_encounters
from sim.scenario.lint_means import check_means
from sim.scenario.lint_numbers import check_numbers
from sim.scenario.lint_people import check_people
from sim.scenario.lint_reach import check_reach
from sim.scenario.lint_references import check_references
from sim.scenario.lint_structure import check_structure
from sim.scenario.lint_survey import Survey
from sim.scenario.lint_texts import check_texts
from sim.scenario.lint_words import check_words

_CHECKS: tuple[Callable[[Context], None], ...] = (
    check_references,
    check_numbers,
    check_customers,
    check_encounters,
    check_texts,
)
_LOOKS: tuple[Callable[[Survey], None], ...] = (
    check_words,
    check_choices,
    check_people,
    check_means,
    check_reach,
)


def lint(context: Context, conditions: Conditions, *, advise: bool = True) -> None:
    """Runs all checks; what they find stands in `context.problems`.

    Args:
        context: of the scenario.
        conditions: of its fields.
        advise: also run those that find no errors, only what is hardly meant.
    """
    for check in _CHECKS:
        check(context)
    check_structure(context, conditions)
    if not advise:
        return
    survey = Survey(context, conditions)
    for look in _LOOKS:
        look(survey)
