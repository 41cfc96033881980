"""The report on the disk."""

from collections.abc import Sequence
from pathlib import Path

from sim.errors import SaveError
from sim.play import saves
from sim.ui.report.page import html_page
from sim.view.review_model import ReviewView, TurnLedger


def write_report(view: ReviewView, ledgers: Sequence[TurnLedger], lang: str, path: Path) -> None:
    """Writes the page whole or not at all.

    Args:
        view: of a review.
        ledgers: of the turns to be decided again.
        lang: `en` or `zh`.
        path: of the file; its folder must exist.

    Raises:
        SaveError: `save/cannot-write`.
    """
    write_page(html_page(view, ledgers, lang), path)


def write_page(content: str, path: Path) -> None:
    """Writes a page whole or not at all.

    Args:
        content: of the file.
        path: of the file; its folder must exist.

    Raises:
        SaveError: `save/cannot-write`.
    """
    try:
        saves.replace(path, content.encode())
        path.chmod(0o644)  # a report is made to be handed on
    except OSError as error:
        reason = error.strerror or str(error)
        raise SaveError("save/cannot-write", path=str(path), reason=reason) from error
