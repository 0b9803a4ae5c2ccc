"""Can a circle's problem be told from its evidence, and is it not trivial? A classifier's answer.

Trained and tried on different simulated cases, from evidence alone: the six channels as numbers, and the words
of the lines. Writes results/spotting.json and prints the confusion table.
"""

import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from features import CHANNELS, Table, features
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from mentorkit.cases.draw import draw_setup
from mentorkit.cases.hearing import hear
from mentorkit.cases.story import lines
from mentorkit.catalogue import Problem, catalogue, phrases
from mentorkit.circle import run
from mentorkit.circle.evidence import observe

RESULT = Path(__file__).parent / "results" / "spotting.json"
WEEKS = 12
AFTER_ONSET = 3
HEALTHY = "healthy"


class Cases:
    """Cases of every kind: features by channel, the words of check-in and chat, and the truth."""

    def __init__(self, each: int, seed: int, after_onset: int | None) -> None:
        graded: list[Problem | None] = [None]
        graded += [p for p in catalogue().problems.values() if p.kind == "problem" and p.graded]
        tables: dict[str, list[Table]] = {name: [] for name in CHANNELS}
        self.words: dict[str, list[str]] = {"checkin": [], "chat": []}
        truth: list[str] = []
        for number, cause in enumerate(graded):
            arrays = np.random.default_rng([seed, number])
            setup = draw_setup(cause, each, WEEKS, arrays)
            evidence = observe(run(setup, each))
            onset = np.asarray(setup.problems[0].week) if cause else arrays.integers(1, 10, each)
            last = np.full(each, WEEKS)
            if after_onset is not None:
                last = np.minimum(onset + after_onset, WEEKS)
            for name, table in features(evidence, last).items():
                tables[name].append(table)
            self._listen(evidence, setup, cause, last, random.Random(seed * 100 + number))
            truth += [cause.id if cause else HEALTHY] * each
        self.numbers = {name: np.concatenate(parts) for name, parts in tables.items()}
        self.truth = np.array(truth)

    def _listen(
        self,
        evidence: Any,
        setup: Any,
        cause: Problem | None,
        last: NDArray[Any],
        luck: random.Random,
    ) -> None:
        none = np.zeros(last.size, dtype=np.int64)
        onset, member = (
            (setup.problems[0].week, setup.problems[0].member) if cause else (none, none)
        )
        heard = hear(evidence, cause, onset, member, np.random.default_rng(luck.getrandbits(64)))
        for circle, until in enumerate(last):
            signed_up = int(np.sum(~np.isnan(evidence.attendance[0, :, circle])))
            names = luck.sample(phrases().names, signed_up)
            said, posted = lines(evidence, circle, names, heard, luck)
            self.words["checkin"].append(
                "\n".join(line for week in said[:until] for line in week if line)
            )
            self.words["chat"].append("\n".join(line for week in posted[:until] for line in week))


class Words:
    """Turns lines into numbers: weights of words, as they are or in few dimensions."""

    def __init__(self, texts: list[str], dimensions: int = 40) -> None:
        self.vector = TfidfVectorizer(sublinear_tf=True, min_df=3, ngram_range=(1, 2))
        self.short = TruncatedSVD(dimensions, random_state=0).fit(self.vector.fit_transform(texts))

    def few(self, texts: list[str]) -> Table:
        """Return `[case, dimension]`."""
        return np.asarray(self.short.transform(self.vector.transform(texts)))


def accuracy(known: Table, truth: NDArray[Any], new: Table, trees: int) -> NDArray[Any]:
    """Return what a forest of `trees` trees calls the new cases."""
    forest = ExtraTreesClassifier(trees, max_features=0.1, n_jobs=2, random_state=0)
    return np.asarray(forest.fit(known, truth).predict(new))


def spotted(known: Cases, new: Cases, trees: int = 300, only_all: bool = False) -> dict[str, Any]:
    """Return accuracies (all channels, each alone, words, near-miss pairs) and the confusion table."""
    tables: list[dict[str, Table]] = [dict(known.numbers), dict(new.numbers)]
    for channel in ("checkin", "chat"):
        words = Words(known.words[channel])
        for table, cases in zip(tables, (known, new), strict=True):
            table[channel] = np.hstack([table[channel], words.few(cases.words[channel])])
    everything = [np.hstack([table[name] for name in CHANNELS]) for table in tables]
    called = accuracy(everything[0], known.truth, everything[1], trees)
    kinds = list(dict.fromkeys(known.truth))
    found: dict[str, Any] = {
        "all": float(np.mean(called == new.truth)),
        "kinds": kinds,
        "confusion": [
            [int(np.sum((new.truth == kind) & (called == as_))) for as_ in kinds] for kind in kinds
        ],
    }
    if only_all:
        return found
    found["channels"] = {
        name: float(
            np.mean(
                accuracy(tables[0][name], known.truth, tables[1][name], trees // 3) == new.truth
            )
        )
        for name in CHANNELS
    }
    both = [
        [a + "\n" + b for a, b in zip(*cases.words.values(), strict=True)] for cases in (known, new)
    ]
    vector = TfidfVectorizer(sublinear_tf=True, min_df=3)
    model = LogisticRegression(C=3.0, max_iter=200)
    model.fit(vector.fit_transform(both[0]), known.truth)
    found["words"] = float(np.mean(model.predict(vector.transform(both[1])) == new.truth))
    found["pairs"] = {}
    for problem in catalogue().problems.values():
        if problem.id in kinds and problem.near in kinds:
            pair = (problem.id, problem.near)
            before, after = (np.isin(cases.truth, pair) for cases in (known, new))
            told = accuracy(
                everything[0][before], known.truth[before], everything[1][after], trees // 3
            )
            found["pairs"]["-".join(pair)] = float(np.mean(told == new.truth[after]))
    return found


def show(found: dict[str, Any], title: str) -> None:
    """Print the figures, and for each kind what it is taken for."""
    print(f"\n{title}: {found['all']:.3f} of new cases named rightly")
    for row, kind in zip(found["confusion"], found["kinds"], strict=True):
        ranked = sorted(zip(row, found["kinds"], strict=True), reverse=True)[:5]
        print(f"  {kind:8s}", "  ".join(f"{as_} {n / sum(row):.2f}" for n, as_ in ranked if n))
    for part in ("channels", "pairs"):
        for name, value in found.get(part, {}).items():
            print(f"  {part[:-1]} {name:12s} {value:.3f}")
    if "words" in found:
        print(f"  words alone {found['words']:.3f}")


def main(each: int = 800) -> None:
    """Run the study and write its result."""
    start, result = time.time(), {}
    for title, after in (("full length", None), ("three weeks after onset", AFTER_ONSET)):
        known, new = Cases(each, 1, after), Cases(each // 2, 2, after)
        print(f"cases made after {time.time() - start:.0f} s", file=sys.stderr)
        result[title] = {"trained on": known.truth.size, "tested on": new.truth.size}
        result[title] |= spotted(known, new, only_all=after is not None)
        show(result[title], title)
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(f"\n{time.time() - start:.0f} s. Written: {RESULT}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
