"""The window's own widgets: text, layout, controls and charts, ignorant of the game."""
