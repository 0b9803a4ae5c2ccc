"""What a notebook's button asks of the lab above it: each answers with a sentence and a table."""

from mentorkit.circle.measures import DOMINANT
from mentorkit.errors import KitError
from mentorkit.lab.alike import alike
from mentorkit.lab.reading import airtime, survey
from mentorkit.lab.sheet import Sheet
from mentorkit.lab.study import CIRCLES, buys, by_week, changed, many, words
from mentorkit.lab.widget import CircleLab

Found = tuple[str, Sheet | None]
STATES = ("healthy", "later", "look-alike", "problem")


def did_it_help(lab: CircleLab) -> Found:
    """What the response changes in 1,000 circles."""
    if not lab.responses:
        raise KitError(words("wrong.no-response"))
    table = changed(many(lab))
    moved = (table[words("with")] - table[words("without")]).abs()
    row = table.loc[moved.idxmax()]
    told = words(
        "told.help", count=f"{CIRCLES:,}", outcome=moved.idxmax(), better=row[words("better")].astype(int),
        same=row[words("same")].astype(int), worse=row[words("worse")].astype(int),
    )  # fmt: skip
    return told, Sheet(table, words("caption.help", count=f"{CIRCLES:,}"), digits=1)


def what_it_buys(lab: CircleLab) -> Found:
    """What each response to the problem gains, for the mentor's minutes."""
    table = buys(lab)
    best = table.iloc[0]
    gain, minutes = best[words("gain")], best[words("minutes")]
    told = words("told.buys", name=best.name, gain=f"{gain:.1f}", minutes=int(minutes))
    return told, Sheet(table, words("caption.buys"), digits=1)


def when_to_step_in(lab: CircleLab) -> Found:
    """What the same response gains in each week."""
    table = by_week(lab)
    weeks, gains = table.index, table[words("gain")]
    told = words(
        "told.when", first=weeks[0], early=f"{gains.iloc[0]:.1f}", last=weeks[-1], late=f"{gains.iloc[-1]:.1f}"
    )  # fmt: skip
    return told, Sheet(table, words("caption.when"), digits=1)


def what_looks_like_it(lab: CircleLab) -> Found:
    """What is the matter in 100 circles that look like this one so far."""
    table = alike(lab)
    of, state = words("of-100"), words("state")
    sums = {kind: table.loc[table[state] == words(f"state.{kind}"), of].sum() for kind in STATES}
    ill = int(sums["problem"])
    told = words("told.alike", week=lab.week, ill=ill, well=100 - ill, first=table.index[0])
    return told, Sheet(table, words("caption.alike", week=lab.week))


def who_speaks(lab: CircleLab) -> Found:
    """Who has how much of the talk, up to the week that is shown."""
    table = airtime(lab).loc[:, : lab.week]
    size = table.notna().sum().clip(lower=3)
    loud = (table * size >= 100 * DOMINANT).sum(axis=1)
    key = "told.speaks" if loud.max() else "told.speaks.nobody"
    told = words(key, week=lab.week, name=loud.idxmax(), times=int(loud.max()))
    return told, Sheet(table, words("caption.speaks"))


def what_the_survey_says(lab: CircleLab) -> Found:
    """The survey up to the week that is shown."""
    table = survey(lab).loc[:, : lab.week]
    shown = int(table.notna().any().sum())
    return words("told.survey", week=lab.week, shown=shown), Sheet(
        table, words("caption.survey"), digits=2
    )
