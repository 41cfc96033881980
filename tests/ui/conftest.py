"""Reviews for every front end without the process that works them out."""

import pytest

from tests.view.staged import Staged, StagedReviewing


@pytest.fixture
def staged(monkeypatch: pytest.MonkeyPatch) -> Staged:
    """Puts staged news in the place of the other process."""
    stage = Staged()
    monkeypatch.setattr(StagedReviewing, "stage", stage)
    monkeypatch.setattr("sim.view.debriefing.Reviewing", StagedReviewing)
    return stage
