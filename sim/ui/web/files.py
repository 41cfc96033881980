"""What the pages load: style, script, fonts, portraits; named by content, so kept for ever.

    static_url("app.css") -> "/static/0f3a…/app.css"

The digest is one for all files together, so that a style sheet may name its fonts beside itself.
"""

import hashlib
import mimetypes
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

from fastapi import APIRouter, Response

from sim.paths import assets_dir

IMMUTABLE = "public, max-age=31536000, immutable"
_FOLDERS = {"portraits": "*.png", "fonts": "*.otf", "fonts/web": "*.*", "app": "icon.svg"}
_KINDS = {".woff": "font/woff", ".otf": "font/otf", ".js": "text/javascript"}
_DIGITS = 12

router = APIRouter(include_in_schema=False)


@cache
def served() -> dict[str, Path]:
    """Every file that may be asked for, by its path below the digest."""
    own = Path(str(resources.files("sim.ui.web").joinpath("static")))
    found = {path.relative_to(own).as_posix(): path for path in own.rglob("*") if path.is_file()}
    for folder, pattern in _FOLDERS.items():
        for path in sorted((assets_dir() / folder).glob(pattern)):
            if path.is_file():
                found[f"{folder}/{path.name}"] = path
    return found


@cache
def digest() -> str:
    """Of all files together; a new release has a new one."""
    total = hashlib.sha256()
    for name, path in sorted(served().items()):
        total.update(name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:_DIGITS]


def static_url(name: str) -> str:
    """Where a file is found.

    Raises:
        KeyError: there is no such file: a mistake of the program.
    """
    if name not in served():
        raise KeyError(name)
    return f"/static/{digest()}/{name}"


@lru_cache(maxsize=512)
def _content(name: str) -> bytes:
    return served()[name].read_bytes()


@router.get("/static/{version}/{name:path}")
def static_file(version: str, name: str) -> Response:
    """A file; under an old digest the present one, not to be kept."""
    if name not in served():
        return Response(status_code=404)
    suffix = Path(name).suffix
    kind = _KINDS.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    kept = IMMUTABLE if version == digest() else "no-store"
    return Response(_content(name), media_type=kind, headers={"Cache-Control": kept})
