"""The key pair: who may read it, that it is never replaced, and what is said when it is broken."""

import json
import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from record_support import URL, files, issuer, issuer_file, issuer_folder

from mentorkit.errors import KitError
from mentorkit.record import create_issuer, load_issuer, load_public
from mentorkit.record.keys import from_base64url, from_jwk, thumbprint, to_jwk

# RFC 7638, section 3.1
RFC_MODULUS = (
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECP"
    "ebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY"
    "368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0f"
    "M4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with an issuer that a test may break."""
    folder = tmp_path / "issuer"
    folder.mkdir()
    for name, data in files(issuer_folder()).items():
        (folder / name).write_bytes(data)
        (folder / name).chmod(0o600)
    return folder


def test_the_thumbprint_is_that_of_the_standard() -> None:
    """Would another program find our key by its id?"""
    jwk = {"kty": "RSA", "e": "AQAB", "n": RFC_MODULUS, "alg": "RS256", "kid": "2011-04-29"}
    assert thumbprint(jwk) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_a_key_survives_its_public_form() -> None:
    """Is the key in issuer.json the key that signs?"""
    public = issuer().private_key.public_key()
    assert from_jwk(to_jwk(public)).public_numbers() == public.public_numbers()
    assert public.key_size >= 2048


@pytest.mark.parametrize(
    "text", [b"", b"A", b"AA==", b"AB", b"AAB", b"AA\n", b"A A", b"A+A", b"\xff"]
)
def test_only_one_spelling_of_base64url_is_read(text: bytes) -> None:
    """Could a file be changed in bits that a decoder ignores?"""
    with pytest.raises(ValueError, match="base64url"):
        from_base64url(text)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_only_the_owner_can_read_the_private_key() -> None:
    """Is the private key closed to others, and the public file free of it?"""
    key = issuer_folder() / "issuer-key.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    public = json.loads(issuer_file().read_text())
    assert set(public["keys"][0]) == {"kty", "e", "n", "kid"}
    assert "PRIVATE" not in issuer_file().read_text()
    assert str(issuer().private_key) not in repr(issuer())


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")
def test_a_key_that_others_can_read_does_not_sign(copy: Path) -> None:
    """Is a key that lay open refused, with the command that closes it?"""
    (copy / "issuer-key.pem").chmod(0o640)
    with pytest.raises(KitError, match="chmod 600"):
        load_issuer(copy)


def test_a_second_issuer_never_replaces_the_first(copy: Path) -> None:
    """Are the badges of the first key safe from a second `create`?"""
    before = files(copy)
    with pytest.raises(KitError, match="has an issuer already"):
        create_issuer(copy, name="Other", url=URL)
    assert files(copy) == before


def test_a_creation_cut_short_is_finished_with_the_same_key(copy: Path) -> None:
    """After a crash between the two files, does the same call finish the work?"""
    (copy / "issuer.json").unlink()
    made = create_issuer(copy, name="Beispiel GmbH", url=URL)
    assert made.public == issuer().public
    assert files(copy) == files(issuer_folder())


@pytest.mark.parametrize("name", ["issuer-key.pem", "issuer.json"])
@pytest.mark.parametrize("data", [None, b"", b"\x00\xff", b"{}", b"[" * 50_000, b"x" * 100_000])
def test_a_missing_or_broken_file_is_named(copy: Path, name: str, data: bytes | None) -> None:
    """Does a damaged issuer get one sentence that names the file?"""
    path = copy / name
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    with pytest.raises(KitError) as caught:
        load_issuer(copy)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_of_two_issuers_do_not_sign_together(copy: Path) -> None:
    """Is a key beside somebody else's public file noticed?"""
    (copy / "issuer.json").write_bytes(issuer_file("Other Ltd").read_bytes())
    with pytest.raises(KitError, match="do not belong together"):
        load_issuer(copy)


def test_a_key_of_another_kind_is_refused(copy: Path) -> None:
    """Is a key that cannot make our signature named?"""
    pem = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (copy / "issuer-key.pem").write_bytes(pem)
    with pytest.raises(KitError, match="not an RSA key"):
        load_issuer(copy)


@pytest.mark.parametrize(
    "change",
    [
        {"e": "AQ"},
        {"n": "AQAB"},
        {"n": "A" * 5000},
        {"d": "AQAB"},
        {"kid": "x"},
        {"kty": "oct"},
        {"n": None},
    ],
)
def test_a_public_file_with_a_strange_key_is_refused(
    tmp_path: Path, change: dict[str, object]
) -> None:
    """Is a public file that carries anything but a sound public RSA key refused?"""
    document = json.loads(issuer_file().read_text())
    document["keys"][0].update(change)
    path = tmp_path / "issuer.json"
    path.write_text(json.dumps(document))
    with pytest.raises(KitError, match="not an issuer's public file"):
        load_public(path)


@pytest.mark.parametrize(
    "url", ["", "example.com", "javascript:1", "https://", "https://a b", "http://["]
)
def test_an_issuer_needs_a_web_address(tmp_path: Path, url: str) -> None:
    """Is an address that is none refused before a key is made?"""
    with pytest.raises(KitError, match="web address"):
        create_issuer(tmp_path, name="Beispiel GmbH", url=url)
    assert list(tmp_path.iterdir()) == []
