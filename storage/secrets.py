"""Encryption at rest.

Tokens and personal values are sealed with Fernet (AES-128-CBC and HMAC-SHA256, the `cryptography` package)
before they reach the database. Their columns are `storage.columns.SealedText`, which takes nothing else.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Generic, NewType, TypeVar
from zlib import compress, decompress

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import TypeAdapter

from storage.errors import SealBroken

Sealed = NewType("Sealed", str)
"""An encrypted value; only a Keyring makes one."""

BETWEEN = "\n"
"""What no Fernet token holds."""
PACKED = b"\x78"
"""How what zlib has packed begins (RFC 1950), and no JSON does."""

T = TypeVar("T")


class Keyring:
    """Fernet keys, the newest first: the first one seals, any of them opens."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        if not keys:
            raise ValueError("a keyring needs at least one key")
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._digest_keys = [hashlib.sha256(b"renkei digest" + key.encode()).digest() for key in keys]

    @classmethod
    def from_text(cls, text: str) -> "Keyring":
        """Read comma-separated Fernet keys, newest first. Raises ValueError when one is no such key."""
        return cls(tuple(key.strip() for key in text.split(",") if key.strip()))

    def seal(self, plain: bytes) -> Sealed:
        """Encrypt with the newest key."""
        return Sealed(self._fernet.encrypt(plain).decode("ascii"))

    def open(self, sealed: str) -> bytes:
        """Decrypt with whichever key fits. Raises SealBroken when none does."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise SealBroken("no key opens what is stored") from None

    def seal_pieces(self, pieces: Iterable[bytes]) -> Sealed:
        """Encrypt something large, one piece after the other: Fernet itself takes it whole, several times."""
        return Sealed(BETWEEN.join(map(self.seal, pieces)))

    def open_pieces(self, sealed: str) -> Iterator[bytes]:
        """Decrypt it piece by piece. Raises SealBroken when no key fits."""
        return map(self.open, sealed.split(BETWEEN))

    def reseal(self, sealed: str) -> Sealed:
        """Encrypt again with the newest key, in pieces or not. Raises SealBroken when no key opens it."""
        return self.seal_pieces(self.open_pieces(sealed))

    def digest(self, *parts: str) -> str:
        """Give a keyed hash: the same for the same parts, and no way back without the newest key."""
        return _digest(self._digest_keys[0], parts)

    def digests(self, *parts: str) -> tuple[str, ...]:
        """Give the hashes under every key, newest first: to find what was hashed with an older one."""
        return tuple(_digest(key, parts) for key in self._digest_keys)


def _digest(key: bytes, parts: Iterable[str]) -> str:
    return hmac.digest(key, "\0".join(parts).encode(), "sha256").hex()


class Box(Generic[T]):
    """Seals values of one type, by way of JSON; packed where they are large."""

    def __init__(self, adapter: TypeAdapter[T], *, packs: bool = False) -> None:
        self._adapter = adapter
        self._packs = packs

    def seal(self, keys: Keyring, value: T) -> Sealed:
        """Encrypt a value."""
        written = self._adapter.dump_json(value)
        return keys.seal(packed(written) if self._packs else written)

    def open(self, keys: Keyring, sealed: str) -> T:
        """Decrypt a value. Raises SealBroken when no key fits."""
        return self._adapter.validate_json(unpacked(keys.open(sealed)))


def packed(content: bytes) -> bytes:
    """Pack JSON: a tenth of its size is saved by a higher level, in several times the time."""
    return compress(content, level=1)


def unpacked(content: bytes) -> bytes:
    """Give JSON that may be packed: what the releases before have kept is not."""
    return decompress(content) if content.startswith(PACKED) else content


def load_or_make_key_file(path: Path) -> Keyring:
    """Read the keys that are kept in a file; without one, make it, with a new key, for its owner alone."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return Keyring.from_text(path.read_text())
    with os.fdopen(descriptor, "w") as file:
        file.write(Fernet.generate_key().decode("ascii"))
    return Keyring.from_text(path.read_text())
