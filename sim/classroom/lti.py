"""The tool's side of LTI 1.3: who comes from a learning platform, and grades back to it.

    tool = Tool(platforms, key)
    tool.login(asked) -> Login(url, state)         where to send the browser, what to remember
    tool.launch(id_token, state, kept) -> Launch   who came, once everything has been checked
    tool.score(launch.grade, user, points, of)     one grade to the platform's gradebook

Checked, after the security framework of 1EdTech: the state that the browser was given, signature by
a key of the platform under an asymmetric algorithm, issuer, audience, deployment, times, a nonce
that is used once, version and kind of message. Nothing in a message is believed before that.
"""

import json
import secrets
import time
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

from sim.classroom.lti_notes import GradeBook, Notes
from sim.classroom.lti_platforms import Platform, ask, is_safe
from sim.errors import SimError

ALGORITHMS: Final = ("RS256",)  # what the standard asks for; never `none`, never a shared secret
STATE_SECONDS: Final = 600.0
_LEEWAY: Final = 60.0
_OLDEST: Final = 600.0  # seconds that a message may be old
_KEYS_FOR: Final = 600.0  # seconds that a platform's keys are kept
_KEYS_AGAIN: Final = 30.0  # and must be, before an unknown key makes us ask again
_LONGEST_TOKEN: Final = 15 * 1024
_CLAIM: Final = "https://purl.imsglobal.org/spec/lti/claim"
_AGS: Final = "https://purl.imsglobal.org/spec/lti-ags"
_SCORE: Final = f"{_AGS}/scope/score"
_ROLES: Final = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
_TEACHERS: Final = frozenset(("Instructor", "ContentDeveloper", "Administrator", "Mentor"))


@dataclass(frozen=True)
class Login:
    """Where to send a browser that wants to come in, and what it has to bring back."""

    url: str
    state: str


@dataclass(frozen=True)
class Launch:
    """Somebody who has come from a platform.

    Attributes:
        issuer: Of the platform.
        link: The link that was followed, by a digest of platform, deployment and resource.
        user: Who, by the name that the platform uses among its tools.
        teacher: Whether an instructor of the course.
        name: In full, where the platform says it.
        number: Student number, where the platform says it.
        title: Of the link.
        grade: Where grades go; None: the platform takes none.
        trusted: Whether the platform's instructors may do everything here.
    """

    issuer: str
    link: str
    user: str
    teacher: bool
    name: str
    number: str
    title: str
    grade: GradeBook | None
    trusted: bool


@dataclass
class Tool:
    """What a platform calls a tool.

    Attributes:
        platforms: That may send people.
        key: The tool's own, private.
        notes: What must be remembered by all processes.
        clock: Seconds since 1970.
    """

    platforms: Sequence[Platform]
    key: RSAKey
    notes: Notes
    clock: Callable[[], float] = time.time
    _keys: dict[str, tuple[float, KeySet]] = field(default_factory=dict)

    def jwks(self) -> dict[str, Any]:
        """The public half of the key, for platforms."""
        public: dict[str, Any] = self.key.as_dict(private=False)
        return {"keys": [public | {"use": "sig", "alg": "RS256", "kid": self.key.thumbprint()}]}

    # --- coming in ---

    def login(self, asked: Mapping[str, str], redirect: str) -> Login:
        """The first step: the platform asks us to ask it.

        Args:
            asked: what it sent: iss, login_hint, client_id and so on.
            redirect: address of our second step.

        Raises:
            SimError: `lti/unknown-platform`.
        """
        platform = self._platform(asked.get("iss", ""), asked.get("client_id"))
        state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self.notes.begin(state, nonce, self.clock() + STATE_SECONDS)
        query = {
            "scope": "openid",
            "response_type": "id_token",
            "response_mode": "form_post",
            "prompt": "none",
            "client_id": platform.client_id,
            "redirect_uri": redirect,
            "login_hint": asked.get("login_hint", ""),
            "state": state,
            "nonce": nonce,
        }
        if "lti_message_hint" in asked:
            query["lti_message_hint"] = asked["lti_message_hint"]
        divider = "&" if "?" in platform.auth_url else "?"
        return Login(f"{platform.auth_url}{divider}{urllib.parse.urlencode(query)}", state)

    def launch(self, token: str, state: str, kept: str) -> Launch:
        """The second step: the platform says who it is.

        Args:
            token: the signed message.
            state: as it came back with the message.
            kept: as the browser kept it.

        Raises:
            SimError: `lti/refused` (reason).
        """
        if not state or not secrets.compare_digest(state.encode(), kept.encode()):
            raise _refused("state")
        nonce = self.notes.end(state, self.clock())  # whatever comes of it, the state is used up
        if nonce is None:
            raise _refused("used")
        claims, platform = self._verified(token)
        self._expect_times(claims)
        if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise _refused("nonce")
        if claims.get(f"{_CLAIM}/version") != "1.3.0":
            raise _refused("version")
        if claims.get(f"{_CLAIM}/message_type") != "LtiResourceLinkRequest":
            raise _refused("kind")
        return _launch(claims, platform)

    def _platform(self, issuer: str, client: str | None) -> Platform:
        for each in self.platforms:
            if each.issuer == issuer and client in {None, "", each.client_id}:
                return each
        raise SimError("lti/unknown-platform", issuer=issuer[:100])

    def _verified(self, token: str) -> tuple[dict[str, Any], Platform]:
        """The claims of a message, its signature checked by the key of who it says it is from."""
        if len(token) > _LONGEST_TOKEN:
            raise _refused("token")
        head, said = _parts(token)
        audience = said.get("aud")
        clients = audience if isinstance(audience, list) else [audience]
        if len(clients) > 1 and said.get("azp") not in clients:
            raise _refused("audience")
        client = said.get("azp") if len(clients) > 1 else clients[0]
        try:
            platform = self._platform(str(said.get("iss", "")), str(client))
        except SimError:
            raise _refused("audience") from None
        if head.get("alg") not in ALGORITHMS:
            raise _refused("algorithm")
        keys = self._keys_of(platform, str(head.get("kid", "")))
        try:
            claims: dict[str, Any] = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
        except (JoseError, ValueError, TypeError):
            raise _refused("signature") from None
        if claims.get(f"{_CLAIM}/deployment_id") not in platform.deployments:
            raise _refused("deployment")
        return claims, platform

    def _expect_times(self, claims: Mapping[str, Any]) -> None:
        now, ends, made = self.clock(), claims.get("exp"), claims.get("iat")
        if not isinstance(ends, int | float) or not isinstance(made, int | float):
            raise _refused("time")
        if now > ends + _LEEWAY or made > now + _LEEWAY or made < now - _OLDEST:
            raise _refused("time")

    def _keys_of(self, platform: Platform, wanted: str) -> KeySet:
        """Keys of a platform, asked for again when they are old or one is not among them."""
        kept = self._keys.get(platform.jwks_url)
        now = self.clock()
        if kept is not None:
            age = now - kept[0]
            known = any(key.kid == wanted for key in kept[1].keys)
            if age < _KEYS_AGAIN or (known and age < _KEYS_FOR):
                return kept[1]
        try:
            raw = ask(platform.jwks_url)
            found = KeySet.import_key_set(json.loads(raw))
        except (OSError, ValueError, JoseError, KeyError, TypeError):
            raise _refused("keys") from None
        self._keys[platform.jwks_url] = now, found
        return found

    # --- grades back ---

    def score(self, book: GradeBook, user: str, points: float, *, of: float, said: str) -> None:
        """Send one grade.

        Args:
            book: where it goes.
            user: whose it is, as the platform named them.
            points: what was reached.
            of: what could be.
            said: the rule, as a comment.

        Raises:
            SimError: `lti/unknown-platform`, `lti/not-sent` (reason).
        """
        platform = self._platform(book.issuer, book.client_id)
        if not is_safe(book.lineitem):
            raise SimError("lti/not-sent", reason=book.lineitem[:100])
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self.clock()))
        body = {
            "userId": user,
            "scoreGiven": points,
            "scoreMaximum": of,
            "comment": said,
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "timestamp": f"{moment}.000Z",
        }
        try:
            leave = self._leave(platform)
            ask(
                _scores(book.lineitem),
                json.dumps(body).encode(),
                {
                    "Authorization": f"Bearer {leave}",
                    "Content-Type": "application/vnd.ims.lis.v1.score+json",
                },
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SimError("lti/not-sent", reason=str(error)[:200]) from error

    def _leave(self, platform: Platform) -> str:
        """A token that allows grades to be sent, asked for with a message signed by our key."""
        now = int(self.clock())
        claims = {
            "iss": platform.client_id,
            "sub": platform.client_id,
            "aud": platform.token_url,
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_urlsafe(16),
        }
        signed = jwt.encode({"alg": "RS256", "kid": self.key.thumbprint()}, claims, self.key)
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": signed,
            "scope": _SCORE,
        }
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        raw = ask(platform.token_url, urllib.parse.urlencode(form).encode(), kind)
        return str(json.loads(raw)["access_token"])


def _refused(reason: str) -> SimError:
    return SimError("lti/refused", reason=reason)


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Head and claims of a message that nobody has checked yet: only to know whom to ask."""
    from joserfc.jws import extract_compact  # noqa: PLC0415 -- only here

    try:
        found = extract_compact(token.encode())
        said = json.loads(found.payload)
        head = found.headers()
    except (JoseError, ValueError, TypeError):
        raise _refused("token") from None
    if not isinstance(said, dict):
        raise _refused("token")
    return dict(head), said


def _launch(claims: Mapping[str, Any], platform: Platform) -> Launch:
    resource = claims.get(f"{_CLAIM}/resource_link")
    user = claims.get("sub")
    if not isinstance(resource, dict) or not resource.get("id") or not isinstance(user, str):
        raise _refused("resource")
    roles = claims.get(f"{_CLAIM}/roles")
    teacher = any(
        isinstance(role, str) and role.startswith(_ROLES) and role.removeprefix(_ROLES) in _TEACHERS
        for role in (roles if isinstance(roles, list) else ())
    )
    person = claims.get(f"{_CLAIM}/lis")
    number = person.get("person_sourcedid", "") if isinstance(person, dict) else ""
    deployment = str(claims[f"{_CLAIM}/deployment_id"])
    return Launch(
        issuer=platform.issuer,
        link=Notes.digest(platform.issuer, platform.client_id, deployment, str(resource["id"])),
        user=user[:200],
        teacher=teacher,
        name=str(claims.get("name", ""))[:100],
        number=str(number)[:100],
        title=str(resource.get("title", ""))[:100],
        grade=_grade_book(claims, platform),
        trusted=platform.teachers,
    )


def _grade_book(claims: Mapping[str, Any], platform: Platform) -> GradeBook | None:
    endpoint = claims.get(f"{_AGS}/claim/endpoint")
    if not isinstance(endpoint, dict) or _SCORE not in endpoint.get("scope", ()):
        return None
    lineitem = endpoint.get("lineitem")
    if not isinstance(lineitem, str):
        return None
    return GradeBook(platform.issuer, platform.client_id, lineitem)


def _scores(lineitem: str) -> str:
    """Where scores of a line item go; a query stays behind the path."""
    parts = urllib.parse.urlsplit(lineitem)
    return urllib.parse.urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/scores"))
