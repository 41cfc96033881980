"""What must not be guessed: codes, tokens, and what is kept of them."""

import hashlib
import hmac
import secrets
from typing import Final

CODE_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # 31 of which none looks like another
CODE_LENGTH: Final = 6  # 31^6 = 8.9e8 codes
_TOKEN_BYTES: Final = 24
_ID_BYTES: Final = 8


def new_code() -> str:
    """A code to join by."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def as_code(typed: str) -> str:
    """A code as somebody typed it: case, spaces and hyphens do not matter."""
    return "".join(each for each in typed.upper() if each.isalnum())[: 2 * CODE_LENGTH]


def new_token() -> str:
    """A secret of 24 random bytes."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def new_id() -> str:
    """A name that is unique, lower case and not secret."""
    return "s" + secrets.token_hex(_ID_BYTES)


def id_of(token: str) -> str:
    """The id that goes with a token, which it does not tell."""
    return "s" + kept(f"seat/{token}")[: 2 * _ID_BYTES]


def new_seed() -> int:
    """The luck of a room, 0..2**63 - 1: too many to be found by trying from what has been drawn."""
    return secrets.randbelow(2**63)


def kept(token: str) -> str:
    """What is kept of a secret: its SHA-256, from which it cannot be had again."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def derived(key: str, purpose: str) -> str:
    """A secret for a purpose, the same as long as the key is."""
    return hmac.new(key.encode(), purpose.encode(), hashlib.sha256).hexdigest()[:48]


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same; takes as long whether they are or not."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
