"""What stands in the window while the rest of the program is still being loaded."""

from sim.ui.window.kit.labels import Label
from sim.ui.window.kit.layout import Column
from sim.ui.window.kit.node import Node, Screen
from sim.ui.window.kit.pictures import Picture
from sim.ui.window.kit.theme import DISPLAY
from sim.ui.window.kit.ui import Ui


class Splash(Screen):
    """The sign and the name."""

    def build(self, ui: Ui) -> Node:
        """Both in the middle."""
        del ui
        sign = Picture(("app", "icon-256.png"), 96)
        return Column([sign, Label("Rapport", DISPLAY)], gap=14, middle=True, align="centre")
