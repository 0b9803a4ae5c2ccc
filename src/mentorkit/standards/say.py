"""What the standards and statistics say, in words for a trainer. Computes nothing but rounding."""

from collections.abc import Mapping

from mentorkit.catalogue import texts
from mentorkit.standards.agreement import Agreement
from mentorkit.standards.changes import Change, Log
from mentorkit.standards.cut import GOOD_JUDGES, Cut
from mentorkit.standards.items import OPEN, ItemReport, ItemStatistics
from mentorkit.standards.second import SecondMarking

# Rules of thumb for words only; no decision hangs on them.
ROUGH = 30  # mentors; assumption
FITS = 0.2  # discrimination; Ebel and Frisbie 1991, Essentials of Educational Measurement; grade C
WIDE = 0.4  # width of kappa's interval; assumption
WORDS = (
    (0.8, "very-well"),
    (0.6, "well"),
    (0.4, "partly"),
    (0.0, "a-little"),
)  # Landis, Koch 1977; grade C

Say = Mapping[str, str]


def percent(share: float) -> str:
    """Return `share` (0-1) in percent with at most one decimal."""
    return f"{round(100 * share, 1):g}"


def cut_source(cut: Cut, language: str = "en") -> str:
    """Return in one line where a cut comes from, for the record and its rule (at most 200 characters)."""
    say = texts(language)
    key = "standards.cut.source.sample" if cut.sample else "standards.cut.source"
    return say[key].format(
        judges=cut.judges, error=percent(cut.error), panel=cut.panel[:40], digest=cut.digest[:12]
    )


def say_cut(cut: Cut, language: str = "en") -> str:
    """Return what the judges' ratings come to, one sentence a line."""
    say = texts(language)
    values = {
        "assignment": cut.assignment,
        "cut": percent(cut.cut),
        "low": percent(cut.low),
        "error": percent(cut.error),
        "judges": cut.judges,
        "items": cut.items,
        "good": GOOD_JUDGES,
        "apart": percent(cut.apart),
        "agreement": "" if cut.agreement is None else f"{cut.agreement:.2f}",
        "first": percent(cut.first),
        "moved": percent(cut.moved),
        "before": percent(cut.spread[0]),
        "after": percent(cut.spread[1]),
        "panel": cut.panel,
    }
    keys = ["sample"] * cut.sample + ["cut", "error"] + ["few"] * (cut.judges < GOOD_JUDGES)
    keys += ["apart"] + ["agreement"] * (cut.agreement is not None) + ["moved"]
    keys += ["band" if cut.low < cut.cut else "no-band"]
    return "\n".join(say[f"standards.cut.{key}"].format(**values) for key in keys)


def say_items(
    report: ItemReport, names: Mapping[str, str] | None = None, language: str = "en"
) -> str:
    """Return what an assignment's items showed, hardest first. `names` has words for ids."""
    say = texts(language)
    if report.mentors is None:
        return say["standards.items.few"].format(assignment=report.assignment)
    lines = [
        say["standards.items.head"].format(assignment=report.assignment, mentors=report.mentors)
    ]
    for item in sorted(report.items, key=hardest_first):
        lines.append(say_item(item, names, language))
    found, steady = report.reliability, report.consistency
    if found is None:
        lines.append(say["standards.items.no-alpha"])
    else:
        kind = "kr20" if found.dichotomous else "alpha"
        lines.append(
            say[f"standards.items.{kind}"].format(
                alpha=f"{found.alpha:.2f}", low=f"{found.low:.2f}", high=f"{found.high:.2f}"
            )
        )
        lines.append(say["standards.items.error"].format(error=percent(found.error)))
    if steady is not None:
        values = {"same": percent(steady.same), "luck": percent(steady.luck)}
        lines.append(say["standards.items.steady"].format(**values))
    if report.mentors < ROUGH:
        lines.append(say["standards.items.rough"].format(rough=ROUGH))
    return "\n".join(lines)


def hardest_first(item: ItemStatistics) -> tuple[bool, float, str]:
    """Return the key that sorts items: the hardest first, what is held back last."""
    ends = {"everyone": 2.0, "nobody": -1.0, None: 3.0}
    found = ends[item.nearly] if item.difficulty is None else item.difficulty
    return item.mentors is None, found, item.item


def say_item(
    item: ItemStatistics, names: Mapping[str, str] | None = None, language: str = "en"
) -> str:
    """Return what one item showed. `names` has words for ids."""
    say, names = texts(language), names or {}
    values = {"item": names.get(item.item, item.item), "mentors": item.mentors}
    if item.mentors is None:
        return say["standards.item.few"].format(**values)
    if item.difficulty is None:
        parts = [say[f"standards.item.{item.nearly}"].format(**values)]
    else:
        parts = [say["standards.item.points"].format(percent=percent(item.difficulty), **values)]
    if item.discrimination is not None:
        fit = "fits" if item.discrimination >= FITS else "hardly"
        key = "against" if item.discrimination < 0 else fit
        parts.append(say[f"standards.item.{key}"].format(r=f"{item.discrimination:.1f}"))
    if item.answers:
        own = {None: say["standards.item.other"], OPEN: say["standards.item.open"]}
        chosen = (
            f"{own.get(part.answer) or names.get(part.answer or '', part.answer)} {part.count}"
            for part in item.answers
        )
        parts.append(say["standards.item.answers"].format(answers=", ".join(chosen)))
    return " ".join(parts)


def say_draw(drawn: SecondMarking, language: str = "en") -> str:
    """Return which scripts go to the second marker."""
    say = texts(language)
    key = "standards.second.drawn" if drawn.drawn else "standards.second.none"
    return say[key].format(
        assignment=drawn.assignment,
        count=len(drawn.drawn),
        scripts=drawn.scripts,
        mentors=", ".join(drawn.drawn),
    )


def say_agreement(found: Agreement, language: str = "en") -> str:
    """Return what the agreement of two markers means, with the table behind it."""
    say = texts(language)
    if found.scripts is None or found.same is None or found.near is None or found.milder is None:
        return say["standards.agreement.few"]
    lines = []
    if found.kappa is None or found.low is None or found.high is None:
        lines.append(say["standards.agreement.one-level"].format(scripts=found.scripts))
    else:
        word = next((word for least, word in WORDS if found.kappa > least), "luck")
        lines.append(
            say["standards.agreement.kappa"].format(
                kappa=f"{found.kappa:.2f}",
                low=f"{found.low:.2f}",
                high=f"{found.high:.2f}",
                scripts=found.scripts,
                word=say[f"standards.agreement.{word}"],
            )
        )
        lines += [say["standards.agreement.wide"]] * (found.high - found.low > WIDE)
        lines += [say["standards.agreement.talk"]] * (found.kappa <= WORDS[1][0])
    lines.append(
        say["standards.agreement.same"].format(same=percent(found.same), near=percent(found.near))
    )
    side = "milder" if found.milder > 0.05 else "stricter" if found.milder < -0.05 else "even"
    lines.append(say[f"standards.agreement.{side}"].format(by=f"{abs(found.milder):.1f}"))
    return "\n".join([*lines, *_table(found, say)])


def _table(found: Agreement, say: Say) -> list[str]:
    head = [say["standards.agreement.table"], *(f"{level:g}" for level in found.levels)]
    rows = [
        [f"{level:g}", *map(str, row)] for level, row in zip(found.levels, found.table, strict=True)
    ]
    first = max(len(row[0]) for row in (head, *rows))
    return [
        " ".join([row[0].ljust(first), *(cell.rjust(5) for cell in row[1:])])
        for row in (head, *rows)
    ]


def say_changes(log: Log, language: str = "en") -> str:
    """Return every change of a mark, one a line, and which lines of the log are damaged."""
    say = texts(language)
    lines = [_say_change(change, say) for change in log.changes]
    if not lines:
        lines = [say["standards.changes.none"]]
    for number, reason in log.damaged:
        lines.append(
            say["standards.changes.damaged"].format(path=log.path, line=number, reason=reason)
        )
    more = log.damaged_lines - len(log.damaged)
    if more:
        lines.append(say["standards.changes.more"].format(count=more))
    return "\n".join(lines)


def _say_change(change: Change, say: Say) -> str:
    def points(value: float | None) -> str:
        return say["standards.changes.unmarked"] if value is None else f"{value:g}"

    return say["standards.changes.change"].format(
        when=change.when.strftime("%Y-%m-%d %H:%M %Z"),
        who=change.who,
        mentor=change.mentor,
        assignment=change.assignment,
        item=change.item,
        before=points(change.before),
        after=points(change.after),
        why=change.why,
    )
