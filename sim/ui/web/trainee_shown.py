"""What a trainee is looking at in the open turn; it stands in the address and in cookies.

Nothing of it is the game's: `board`, the arrangement of the customers; `hand`, the matter in hand,
to which other pages lead back (`again`, in a turn that is decided again); `seen`, the last report
that was read.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from fastapi import Request, Response

ARRANGEMENTS: Final = ("list", "pyramid", "funnel", "matrix")
TABS: Final = ("actions", "people", "history", "signs")
TALK, FILE, FIRM, NEWS = "talk", "file", "firm", "news"
HOME: Final = "/play"  # under which the pages of the open turn are
_PATH = re.compile(r"^/play/(?:(talk|customer)/([a-z][a-z0-9_.-]{0,99})|(firm|news))$")
_SAFE = re.compile(r"^/(?:play|teach)?(?:/[\w./-]*)?(?:\?[\w.=&%-]*)?$")


@dataclass(frozen=True)
class Shown:
    """What is on the page.

    Attributes:
        part: Of `inbox`, `board`, `detail`, `plan`; the others are hidden where there is no room.
        kind: Of the matter in hand: `talk`, `file`, `firm` or `news`.
        id: Of its encounter or customer.
        tab: Of a customer's file.
        board: Arrangement of the customers.
        here: The address of the page.
    """

    part: str = "detail"
    kind: str = ""
    id: str = ""
    tab: str = "actions"
    board: str = "list"
    here: str = "/play"

    @property
    def path(self) -> str:
        """The address without what stands behind it."""
        return self.here.partition("?")[0]


def shown(
    request: Request, part: str = "detail", kind: str = "", ident: str = "", *, base: str = HOME
) -> Shown:
    """What a request asks for; a part without a matter of its own keeps the one in hand.

    Args:
        request: which page is asked for.
        part: of the page.
        kind: of the matter; empty: the one in hand.
        ident: of its encounter or customer.
        base: under which the pages of the turn are.
    """
    query, cookies = request.query_params, request.cookies
    board = query.get("board") or cookies.get("board", "")
    tab = query.get("tab", "")
    found = Shown(
        part=part,
        kind=kind,
        id=ident,
        tab=tab if tab in TABS else TABS[0],
        board=board if board in ARRANGEMENTS else ARRANGEMENTS[0],
        here=_here(request),
    )
    return found if kind else in_hand(found, _of_base(cookies.get(_hand(base), ""), base))


def _hand(base: str) -> str:
    """The cookie that remembers the matter in hand."""
    return "hand" if base == HOME else "again"


def _of_base(path: str, base: str) -> str:
    """A path below the base of a turn as one of the open turn; empty if it is not below it."""
    return HOME + path[len(base) :] if path.startswith(f"{base}/") else ""


def in_hand(found: Shown, hand: str) -> Shown:
    """The same with the matter that was in hand last, if there is one."""
    match = _PATH.match(hand)
    if match is None:
        return found
    what, ident, plain = match.groups()
    kind = plain or {"talk": TALK, "customer": FILE}[what]
    return replace(found, kind=kind, id=ident or "")


def _here(request: Request) -> str:
    tab = request.query_params.get("tab", "")
    return request.url.path + (f"?tab={tab}" if tab in TABS else "")


def keep(response: Response, what: Shown, base: str = HOME) -> None:
    """Remember the arrangement and the matter in hand."""
    _set(response, "board", what.board)
    if _PATH.match(_of_base(what.path, base)):
        _set(response, _hand(base), what.path)


def seen_turn(request: Request) -> int:
    """The last turn whose report was read; 0 after the briefing, -1 before it."""
    return _number(request, "seen", -1)


def missed(request: Request) -> int:
    """How many turns had been played without whoever joined late, until the briefing is read."""
    return _number(request, "late", 0) if seen_turn(request) < 0 else 0


def keep_missed(response: Response, turns: int) -> None:
    """Remember that somebody joined after so many turns."""
    _set(response, "late", str(turns))


def _number(request: Request, name: str, other: int) -> int:
    text = request.cookies.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 4 else other


def keep_seen(response: Response, turn: int) -> None:
    """Remember that a report was read, and begin the next turn with what waits."""
    _set(response, "seen", str(turn))
    response.delete_cookie("hand", path="/")


def forget(response: Response) -> None:
    """Remember nothing of a seat."""
    for name in ("seen", "hand", "again", "board", "late"):
        response.delete_cookie(name, path="/")


def _set(response: Response, name: str, value: str) -> None:
    response.set_cookie(name, value, httponly=True, samesite="lax", path="/")


def back_to(form_back: str, otherwise: str = "/play") -> str:
    """An address of this site to go back to; whatever else was sent leads to `otherwise`."""
    return form_back if _SAFE.match(form_back) and "//" not in form_back else otherwise
