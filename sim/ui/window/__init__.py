"""The desktop game: screens drawn with pygame from the view-model."""
