"""Quotations: every system on the same labelled files, as tables by kind and by form of the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.quality.attributed import Attributed
from bench.quality.labelled import Labelled, labelled_articles
from bench.quality.scoring import FORMS, KINDS, Measure, Tally, count
from bench.quality.systems import systems


def score(files: Sequence[Path], without: str | None = None, misses: bool = False) -> None:
    """Prints a table for each file. ``without``: the ``form`` of quotations to leave out; ``misses``: each one too."""
    for file in files:
        articles = labelled_articles(file)
        tallies = {name: tally(articles, list(run(articles)), without) for name, run in systems().items()}
        print(f"{file.name}: {len(articles)} articles" + (f", without form {without}" if without else ""))
        print_table(tallies)
        if misses:
            print(*tallies["wiredesk"].misses, sep="\n")


def tally(articles: Sequence[Labelled], answers: Sequence[list[Attributed]], without: str | None) -> Tally:
    """The counts of one system's answers, an article each."""
    counts = Tally()
    for article, given in zip(articles, answers, strict=True):
        count(counts, article, [one for one in given if without is None or one.form != without])
    return counts


def print_table(tallies: dict[str, Tally]) -> None:
    """The counts of several systems, as Markdown."""
    first = next(iter(tallies.values()))
    rows: list[tuple[str, list[str]]] = [
        ("reported speech, found: P / R / F1", [_shown(one.reported) for one in tallies.values()]),
        ("the same with the right speaker", [_shown(one.end_to_end) for one in tallies.values()]),
        ("quoted passages of five words or more, with speaker", [_shown(one.passages) for one in tallies.values()]),
    ]
    for kind in KINDS:
        cells = [f"{one.kinds['found', kind]} / {one.kinds['right', kind]}" for one in tallies.values()]
        rows.append((f"{kind} ({first.kinds['asked', kind]}), found / with speaker", cells))
    for form in FORMS:
        cells = [
            f"{one.forms['right', form]} of {one.forms['asked', form]}, {one.forms['open', form]} open"
            for one in tallies.values()
        ]
        rows.append((f"whom it stands for, {form}", cells))
    print("| |", " | ".join(tallies), "|")
    print("|---" * (len(tallies) + 1) + "|")
    for name, cells in rows:
        print(f"| {name} |", " | ".join(cells), "|")
    print()


def _shown(measure: Measure) -> str:
    return " / ".join(f"{value:.1f}" for value in measure)
