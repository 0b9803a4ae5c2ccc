"""Every word a learner reads is a word, in pages, texts and catalogue, British or American."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from book_support import ROOT
from spellchecker import SpellChecker
from test_book_text import plain_text

KNOWN = Path(__file__).parent / "data" / "words.txt"  # words that no dictionary holds, a line each
CATALOGUE = ROOT / "src" / "mentorkit" / "catalogue"
WORD = re.compile(r"(?<![\w{/.@<-])[a-z][a-z’']*[a-z](?![\w}/@>])")
CODE = re.compile(r"`[^`]*`|\{[^}]*\}|https?://\S+|<[^>]*>|\b[\w-]+\.(?:[a-z]{2,4})\b|\w*_\w+")


# The dictionary is American, the course is British.
BRITISH = {
    "our": "or",
    "is(e|ed|es|ing|er|ers|ation)$": r"iz\1",
    "programme": "program",
    "sceptic": "skeptic",
}


@cache
def dictionary() -> SpellChecker:
    """Return the dictionary, loaded once."""
    return SpellChecker()


def words_of(text: str) -> set[str]:
    """Return the words in small letters: names, codes and addresses are left out."""
    found = WORD.findall(CODE.sub(" ", text))
    return {re.sub(r"[’'](s|d|t|ll|re|ve|m)?$", "", word.replace("’", "'")) for word in found}


def strings(value: object) -> Iterator[str]:
    """Return every text in a loaded YAML file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def american(word: str) -> str:
    """Return a British word as the dictionary spells it."""
    for british, there in BRITISH.items():
        word = re.sub(british, there, word)
    return word


def misspelt(text: str) -> set[str]:
    """Return the words of `text` that are none."""
    known = set(KNOWN.read_text(encoding="utf-8").split())
    unknown = dictionary().unknown(words_of(text)) - known
    return {word for word in unknown if not dictionary().known([american(word)])}


def test_a_slip_is_found() -> None:
    """The check below can fail."""
    assert misspelt("The mentro organises a colourful visit.") == {"mentro"}


def test_pages_are_spelt_rightly() -> None:
    """No slip stands in the book."""
    pages = (ROOT / "course").rglob("*.md")
    assert (
        misspelt("\n".join(plain_text(page.read_text(encoding="utf-8")) for page in pages)) == set()
    )


TEXTS = sorted((CATALOGUE / "texts" / "en").glob("*.yaml"))
SAID = [CATALOGUE / "phrases" / "en.yaml", CATALOGUE / "responses.yaml", *TEXTS]


@pytest.mark.parametrize("path", SAID, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_texts_are_spelt_rightly(path: Path) -> None:
    """No slip stands in a form, the lab, a check-in line or a message."""
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert misspelt("\n".join(strings(loaded))) == set()
