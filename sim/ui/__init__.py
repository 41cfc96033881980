"""Front ends: each renders the view-model and sends choices to a session."""
