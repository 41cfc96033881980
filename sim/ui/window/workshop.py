"""Opens the window for an author: a page that follows a scenario as it is written."""

from dataclasses import replace

from sim.ui.window import settings as settings_
from sim.ui.window.app import App
from sim.ui.window.kit.node import Replace
from sim.ui.window.splash import Splash


def run(scenario: str, *, language: str | None = None, system: str = "en") -> int:
    """Follows a scenario until its author leaves.

    Args:
        scenario: Name, folder or file; a folder need not hold a scenario yet.
        language: `en` or `zh`; None takes the one that was set last.
        system: Language of the very first start, when none was asked for and none set.

    Returns:
        The exit code: 0.

    Raises:
        SimError: `window/no-display`, `window/wrong-pygame`.
        ScenarioError: There is no scenario of that name.
    """
    settings = settings_.load(language or system)
    if language is not None:
        settings = replace(settings, language=language)
    app = App(settings, lambda _app: Splash())
    app.step([])  # something to look at while all that follows is loaded
    try:
        from sim.play.workshop import Workshop  # noqa: PLC0415 -- loads much more than a window
        from sim.ui.window.pages.desk import Desk  # noqa: PLC0415
        from sim.ui.window.pages.workshop import WorkshopPage  # noqa: PLC0415
        from sim.ui.window.pages.workshop_studio import Studio  # noqa: PLC0415

        app.apply(Replace(WorkshopPage(Studio(Desk(app), Workshop(scenario)))))
    except BaseException:
        app.close()
        raise
    app.run()
    return 0
