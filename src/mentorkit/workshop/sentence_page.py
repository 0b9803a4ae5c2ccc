"""A page with one sentence for a mentor whom a link has led nowhere; it loads nothing."""

from html import escape

from mentorkit.catalogue import texts

PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.1rem/1.55 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }}
a {{ color: light-dark(#0b5cad, #7db8f5); }}
</style></head><body><main>
<h1>{title}</h1><p role="alert">{sentence}</p><p><a href="{book}">{back}</a></p>
</main></body></html>
"""


def sentence_page(sentence: str, book: str, language: str = "en") -> str:
    """Return the page; `book` is the book's address."""
    say = texts(language)
    return PAGE.format(
        language=language, title=escape(say["exercise.page"]), sentence=escape(sentence),
        book=escape(book, quote=True), back=escape(say["exercise.page_back"]),
    )  # fmt: skip
