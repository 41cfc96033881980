"""A page as one file: no script, no request, its fonts inside."""

import sim
from sim.ui.report.fonts import font_faces
from sim.ui.report.look import style
from sim.ui.report.parts import escape

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
_LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def document(title: str, body: str, lang: str, *, sheet: str = "") -> str:
    """The whole file.

    Args:
        title: as plain text.
        body: markup.
        lang: `en` or `zh`.
        sheet: further rules of style.
    """
    faces = font_faces(body + escape(title), lang)
    return (
        f'<!DOCTYPE html>\n<html lang="{_LANGUAGES[lang]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="Rapport {sim.__version__}">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>\n{faces}\n{style()}{sheet}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
