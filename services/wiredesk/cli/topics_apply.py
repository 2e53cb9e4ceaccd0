"""``wiredesk topics diff`` and ``apply``: the topics of a broker held against schemas/topics.yaml, and mended.

Only topics that the catalogue names are looked at; what others have on the same broker is never touched.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer
from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import IncompatibleBrokerVersion, NoError, for_code

from wiredesk.cli.connect import DEFAULT_BOOTSTRAP, PATIENCE_SECONDS, Bootstrap, connected
from wiredesk.cli.console import counted
from wiredesk.cli.topics import TextDays, provision, survey
from wiredesk.cli.topics_difference import PARTITIONS, TOPIC, Actual, Difference, differences, duration, told
from wiredesk.contracts.errors import NotReady
from wiredesk.contracts.retention import DAY_MS

_OF_THE_TOPIC = "DYNAMIC_TOPIC_CONFIG"
"""How Kafka marks a setting that was made on the topic itself. The embedded broker marks none."""


def diff(bootstrap: Bootstrap = DEFAULT_BOOTSTRAP, text_days: TextDays = None) -> None:
    """Compare the broker's topics with schemas/topics.yaml: missing ones, partitions, settings.

    The exit code is 1 when there are differences.
    """
    _tell_limit(text_days)
    found = compared(bootstrap, text_days)
    _tell(found, [_is(difference) for difference in found])
    if found:
        typer.echo(
            f"{counted(len(found), 'difference')}: `wiredesk topics apply` shows what would mend them.", err=True
        )
        raise typer.Exit(1)
    typer.echo("The topics are as schemas/topics.yaml says.", err=True)


def apply(
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
    text_days: TextDays = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it, and not only show what would be done.")] = False,
    allow_repartition: Annotated[
        bool,
        typer.Option(
            "--allow-repartition",
            help="Add partitions to topics with messages too, though their keys move then.",
        ),
    ] = False,
) -> None:
    """Make the broker's topics as schemas/topics.yaml says; without --yes, only show what would be done.

    Missing topics are made, settings changed, partitions added. Nothing is ever deleted but by the retention that is
    set. The exit code is 1 when something must stay as it is.
    """
    _tell_limit(text_days)
    found = compared(bootstrap, text_days, repartition=allow_repartition)
    possible = [difference for difference in found if not difference.refused]
    _tell(found, [_would(difference) for difference in found])
    left = len(found) - len(possible)
    if not found:
        typer.echo("The topics are as schemas/topics.yaml says.", err=True)
    elif not possible:
        typer.echo("There is nothing that can be mended.", err=True)
    elif yes:
        carry_out(bootstrap, possible, text_days)
        typer.echo(f"{counted(len(possible), 'difference')} mended" + (f", {left} left." if left else "."), err=True)
    else:
        typer.echo("Nothing was changed: this only shows what would be done. --yes does it.", err=True)
    if left:
        raise typer.Exit(1)


def compared(bootstrap: str, text_days: int | None, *, repartition: bool = False) -> list[Difference]:
    """All differences between the catalogue and the broker, in the order of the catalogue."""
    surveyed = survey(bootstrap)
    settings = _settings(bootstrap, [found.topic.name for found in surveyed if found.partitions])
    return [
        difference
        for found in surveyed
        for config, own in [settings.get(found.topic.name, ({}, frozenset()))]
        for difference in differences(
            found.topic, Actual(found.partitions, found.messages == 0, config, own), text_days, repartition=repartition
        )
    ]


def carry_out(bootstrap: str, mended: Iterable[Difference], text_days: int | None) -> None:
    """Mends the differences; NotReady when the broker refuses one, or does not show it in the end."""
    mended = list(mended)
    provision(bootstrap, [each.topic for each in mended if each.what == TOPIC], text_days)
    changes: dict[str, dict[str, tuple[str, str | None]]] = defaultdict(dict)
    for each in mended:
        if each.what not in (TOPIC, PARTITIONS):
            changes[each.topic.name][each.what] = ("DELETE" if each.wanted is None else "SET", each.wanted)
    grown = {each.topic.name: each.topic.partitions for each in mended if each.what == PARTITIONS}
    with connected(KafkaAdminClient, bootstrap) as admin:
        if changes:
            _change(admin, changes)
        if grown:
            _grow(admin, grown)
    _wait_until_shown(bootstrap, {(each.topic.name, each.what) for each in mended}, text_days)


def _change(admin: KafkaAdminClient, changes: dict[str, dict[str, tuple[str, str | None]]]) -> None:
    asked = [ConfigResource(ConfigResourceType.TOPIC, name, settings) for name, settings in changes.items()]
    try:  # incrementally: the older request would reset every setting that is not named in it
        answers = admin.alter_configs(asked, raise_on_unknown=False, incremental=True)["topic"]
    except IncompatibleBrokerVersion as wrong:
        raise NotReady(
            "this broker cannot change single settings of a topic (Kafka before 2.3); change them with its own tools: "
            + "; ".join(f"{name}: {settings}" for name, settings in changes.items())
        ) from wrong
    for name, answer in answers.items():
        if answer != "OK":
            raise NotReady(f"the broker did not change the settings of {name}: {answer}")


def _grow(admin: KafkaAdminClient, grown: dict[str, int]) -> None:
    try:
        answers = admin.create_partitions(grown, raise_errors=False).results
    except IncompatibleBrokerVersion as wrong:
        raise NotReady(
            f"this broker cannot add partitions (the embedded one cannot); to {', '.join(grown)}: make the topics anew"
        ) from wrong
    for answer in answers:
        error = for_code(answer.error_code)
        if error is not NoError:
            why = answer.error_message or error.__name__
            raise NotReady(f"the broker did not add partitions to {answer.name}: {why}")


def _wait_until_shown(bootstrap: str, mended: set[tuple[str, str]], text_days: int | None) -> None:
    """Returns when the broker shows what was ``mended``: Kafka answers before the change has come to every broker."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left := mended & {(each.topic.name, each.what) for each in compared(bootstrap, text_days)}:
        if time.monotonic() > deadline:
            names = ", ".join(f"{what} of {topic}" for topic, what in sorted(left))
            raise NotReady(
                f"the broker took the change but still shows the old {names}; look again with `wiredesk topics diff`"
            )
        time.sleep(0.1)


def _settings(bootstrap: str, names: list[str]) -> dict[str, tuple[dict[str, str], frozenset[str]]]:
    """By topic: the settings in force, and which of them were made on the topic itself."""
    if not names:
        return {}
    with connected(KafkaAdminClient, bootstrap) as admin:
        asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
        described = admin.describe_configs(asked, config_filter="all")["topic"]
    return {
        topic: (
            {name: said["value"] for name, said in settings.items() if said["value"] is not None},
            frozenset(name for name, said in settings.items() if said["config_source"] == _OF_THE_TOPIC),
        )
        for topic, settings in described.items()
    }


def _tell_limit(text_days: int | None) -> None:
    if text_days is not None:
        limit = duration(str(text_days * DAY_MS))
        typer.echo(f"Text is kept for {limit} at most: retention.ms and segment.ms together.", err=True)


def _tell(found: Sequence[Difference], lines: Sequence[str]) -> None:
    topic = None
    for difference, line in zip(found, lines, strict=True):
        if difference.topic.name != topic:
            topic = difference.topic.name
            typer.echo(topic)
        typer.echo(f"  {line}")


def _is(difference: Difference) -> str:
    _, what, actual, wanted, *_ = difference
    if what == TOPIC:
        return "is missing"
    if what == PARTITIONS:
        return f"has {actual} partition{'' if actual == '1' else 's'}, not {wanted}"
    return f"{what} is {told(what, actual)}, not {told(what, wanted)}"


def _would(difference: Difference) -> str:
    topic, what, actual, wanted, effect, refused = difference
    if what == TOPIC:
        return f"create with {counted(topic.partitions, 'partition')}"
    done = f"set {what} from {told(what, actual)} to {told(what, wanted)}"
    if wanted is None:
        done = f"unset {what}, now {told(what, actual)}"
    if refused:
        done = f"{_is(difference)}, and stays so: {refused}"
    return f"{done} ({effect})" if effect else done
