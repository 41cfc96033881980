"""The report on the disk."""

from pathlib import Path

from sim.errors import SaveError
from sim.play import saves
from sim.ui.report.page import html_page
from sim.view.review_model import ReviewView


def write_report(view: ReviewView, lang: str, path: Path) -> None:
    """Writes the page whole or not at all.

    Args:
        view: of a review.
        lang: `en` or `zh`.
        path: of the file; its folder must exist.

    Raises:
        SaveError: `save/cannot-write`.
    """
    content = html_page(view, lang).encode()
    try:
        saves.replace(path, content)
        path.chmod(0o644)  # a report is made to be handed on
    except OSError as error:
        reason = error.strerror or str(error)
        raise SaveError("save/cannot-write", path=str(path), reason=reason) from error
