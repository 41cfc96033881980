"""The clipboard of the system."""

import pygame


def copied(text: str) -> bool:
    """Puts a text on the clipboard; whether there is one."""
    try:
        pygame.scrap.put_text(text)
    except (pygame.error, AttributeError, NotImplementedError):  # some systems have no clipboard
        return False
    return True
