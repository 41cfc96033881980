"""The routers of all pages that trainees and instructors see."""

from fastapi import APIRouter

from sim.ui.web import (
    debrief,
    debrief_files,
    files,
    instructor,
    instructor_deeds,
    instructor_watch,
    lti,
    projector,
    trainee,
    trainee_again,
    trainee_deeds,
    trainee_join,
    trainee_review,
)


def page_routers() -> list[APIRouter]:
    """The routers in the order in which they are asked."""
    return [
        files.router,
        trainee_join.router,
        trainee.router,
        trainee_deeds.router,
        trainee_review.router,
        trainee_review.watching,
        trainee_again.router,
        trainee_again.turns,
        trainee_again.watching,
        debrief.router,
        debrief_files.router,
        projector.router,
        lti.router,
        instructor.router,
        instructor_watch.router,
        instructor_deeds.router,
    ]
