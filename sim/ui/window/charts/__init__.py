"""The charts of the debrief, drawn from the view-model; their marks answer to mouse and keys."""
