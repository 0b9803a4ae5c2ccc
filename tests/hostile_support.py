"""Files as hostile hands leave them: any bytes, and good files with parts replaced by what breaks readers."""

from hypothesis import strategies as st

# what has broken readers of text files elsewhere: quotes, brackets, invisible signs, numbers that are none
PARTS = (
    '"', '"""', "'", "=", "[", "]", "{", "}", "#", "\\", "\n", "\r", "\0", "\x07", "\x1b[2J", "\u202e",
    "\ufeff", ",", ";", "@", "+", "..", "/", "1e400", "-1", "nan", "inf", "true", "[]", "{}", "[[1]]", "9" * 25,
    "0x10", "1979-05-27", '"P99"', '"x"', "0.5", "9" * 5000, "x" * 3000, "[" * 2000, "[[assignment]]\n",
    "[hurdle]\n",
)  # fmt: skip


def damaged(text: str, most: int = 4) -> st.SearchStrategy[bytes]:
    """Return a strategy for `text` with up to `most` stretches of it replaced, or values of its lines."""
    values = [at + 3 for at in range(len(text)) if text.startswith(" = ", at)] or [0]
    places = st.integers(0, len(text)) | st.sampled_from(values)
    cuts = st.tuples(places, st.integers(0, 40) | st.just(0), st.sampled_from(PARTS))

    def put(edits: list[tuple[int, int, str]]) -> bytes:
        changed = text
        for at, length, part in sorted(edits, reverse=True):
            end = changed.find("\n", at) if at in values and length > 20 else at + length
            changed = changed[:at] + part + changed[end:]
        return changed.encode("utf-8", "surrogatepass")

    return st.lists(cuts, min_size=1, max_size=most).map(put)


def any_file(text: str) -> st.SearchStrategy[bytes]:
    """Return a strategy for whatever may lie where `text` should: any bytes, or damage."""
    return st.binary(max_size=400) | damaged(text)
