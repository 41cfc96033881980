"""Links into a room, and how a phone reads them from a screen."""

import io

import segno
from fastapi import Request
from markupsafe import Markup

_BORDER = 2  # modules; the page adds white around


def link_of(request: Request, path: str) -> str:
    """The whole address of a page, as whoever asks reaches this server."""
    return f"{request.url.scheme}://{request.url.netloc}{path}"


def qr_of(link: str) -> Markup:
    """A QR code as inline SVG."""
    stream = io.BytesIO()
    drawn = segno.make(link, error="m")
    drawn.save(
        stream, kind="svg", border=_BORDER, xmldecl=False, svgns=True, omitsize=True, nl=False
    )
    return Markup(stream.getvalue().decode())  # noqa: S704 -- drawn from a link, without its text
