"""``wiredesk dead replay``: sends messages that failed back to the stage that failed, and tells what became of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

import msgspec
import typer
from kafka import KafkaConsumer, TopicPartition

from wiredesk.cli.connect import DEFAULT_BOOTSTRAP, Bootstrap, connected
from wiredesk.cli.console import counted, harmless, messages
from wiredesk.cli.dead import Error, OfSource, Stage, Until
from wiredesk.cli.letters import Letter, Wanted, once, place_of, read_letters
from wiredesk.cli.replaying import Replayer, replayer, stage_of
from wiredesk.cli.times import Since
from wiredesk.contracts.outcomes import Outcome
from wiredesk.contracts.topics import OUTCOMES
from wiredesk.runtime.settings import read_settings


def replay(
    letters: Annotated[
        list[str] | None, typer.Argument(metavar="[LETTER]...", help="Numbers, as listed; without any, all that match.")
    ] = None,
    stage: Stage = None,
    error: Error = None,
    source: OfSource = None,
    since: Since = None,
    until: Until = None,
    yes: Annotated[bool, typer.Option("--yes", help="Send them; without it, only say what would be sent.")] = False,
    rate: Annotated[float, typer.Option(min=0.01, help="Messages a second at most.")] = 10.0,
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds without news after which outcomes are not waited for.")
    ] = (30.0),
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Send dead letters back to the stage that failed on them.

    Each goes out as it was, to the topic it was read from, and is marked: it is never sent twice. A version that is
    older than what is there by now is overtaken, and changes nothing. What fails again is another dead letter, and the
    exit code is 1.

    Examples:

    - wiredesk dead replay --stage dedup --since 2h
    - wiredesk dead replay 17 18 --yes
    """
    places = frozenset(map(place_of, letters)) if letters else None
    wanted = Wanted(stage, error, source, until, places)
    settings, notes = read_settings(), messages()
    if not yes:
        told = 0
        for letter in once(read_letters(bootstrap, since, wanted)):
            why = letter.unreplayable()
            told += why is None
            what = f"would go to {letter.topic}, to {stage_of(letter)}" if why is None else f"stays: {why}"
            typer.echo(f"{letter.number} {harmless(what)}")
        notes.print(f"{counted(told, 'letter')} would be replayed; --yes does it")
        return
    expected: dict[str, Letter] = {}
    with replayer(bootstrap, settings.group, fenced=settings.fencing) as sending, _outcomes(bootstrap) as coming:
        # First which, then send: what fails again is a letter too, and must not be sent in the same go.
        chosen = frozenset(letter.place for letter in once(read_letters(bootstrap, since, wanted)))
        again = Wanted(places=chosen)
        for letter in _slowly(read_letters(bootstrap, since, again) if chosen else iter(()), rate):
            _send(sending, letter, expected)
        notes.print(f"{counted(len(expected), 'letter')} replayed")
        failed = _tell(coming, expected, wait)
    if failed:
        raise typer.Exit(1)


def _send(sending: Replayer, letter: Letter, expected: dict[str, Letter]) -> None:
    headers = sending.headers(letter)
    if isinstance(headers, str):
        typer.echo(f"{letter.number} stays: {harmless(headers)}")
        return
    sent = sending.send(letter, headers)
    expected[sent.raw] = letter
    typer.echo(f"{letter.number} sent to {harmless(sent.to)}, to {stage_of(letter)}")


def _slowly(letters: Iterator[Letter], rate: float) -> Iterator[Letter]:
    """``letters``, of which those that can be replayed come at most ``rate`` a second."""
    due = time.monotonic()
    for letter in letters:
        if letter.unreplayable() is None:
            time.sleep(max(0.0, due - time.monotonic()))
            due = time.monotonic() + 1 / rate
        yield letter


def _tell(coming: KafkaConsumer, expected: Mapping[str, Letter], wait: float) -> int:
    """Tells what became of each; how many are dead again."""
    left, failed = dict(expected), 0
    until = time.monotonic() + wait
    while left and time.monotonic() < until:
        for records in coming.poll(timeout_ms=500).values():
            for record in records:
                letter = left.pop((record.key or b"").decode("utf-8", "replace"), None)
                if letter is None:
                    continue
                until = time.monotonic() + wait
                failed += _told(letter, msgspec.json.decode(record.value, type=Outcome))
    for letter in left.values():
        typer.echo(f"{letter.number} is still on its way; `wiredesk ledger` tells where")
    return failed


def _told(letter: Letter, outcome: Outcome) -> bool:
    """Tells the outcome; whether it is dead again."""
    if outcome.error is None:
        version = f", {outcome.article_id} version {outcome.version}" if outcome.article_id else ""
        typer.echo(f"{letter.number} {harmless(outcome.outcome)}{version}")
        return False
    why = f"{outcome.error.class_} at {outcome.error.stage}: {outcome.error.message}"
    typer.echo(f"{letter.number} failed again, which is another dead letter: {harmless(why)}")
    return True


@contextmanager
def _outcomes(bootstrap: str) -> Iterator[KafkaConsumer]:
    """The outcomes from now on."""
    with connected(KafkaConsumer, bootstrap, enable_auto_commit=False, isolation_level="read_committed") as consumer:
        places = [TopicPartition(OUTCOMES, number) for number in consumer.partitions_for_topic(OUTCOMES)]
        consumer.assign(places)
        consumer.seek_to_end(*places)
        for place in places:
            consumer.position(place)  # "from now on" means from now, not from the first look
        yield consumer
