"""``wiredesk topics``: the topics of schemas/topics.yaml on a broker, made where they are missing, and looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, NamedTuple

import typer
from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.errors import NoError, TopicAlreadyExistsError, for_code
from rich.console import Console
from rich.table import Table

from wiredesk.cli.connect import DEFAULT_BOOTSTRAP, Bootstrap, connected
from wiredesk.contracts.catalogue import Topic, catalogue
from wiredesk.contracts.errors import NotReady
from wiredesk.contracts.retention import config_of

app = typer.Typer(help="Create, list, compare and mend the topics of wiredesk.", no_args_is_help=True)

TextDays = Annotated[
    int | None,
    typer.Option(
        envvar="WIREDESK_TEXT_DAYS",
        min=1,
        metavar="N",
        help='Keep the words of articles for N days at most (docs/contract.md, "Retention of text").',
        show_default="as the catalogue says",
    ),
]

BROKERS_CHOICE = -1
"""The replication factor that leaves the number of copies to the brokers' ``default.replication.factor``."""


class Found(NamedTuple):
    """A topic of the catalogue as a broker has it."""

    topic: Topic
    partitions: int
    """0 when it is not there."""
    messages: int
    """End offsets less beginning offsets: what compaction took out still counts."""


def provision(bootstrap: str, topics: Iterable[Topic] | None = None, text_days: int | None = None) -> list[Topic]:
    """Makes those of ``topics`` (default: all of the catalogue) that are missing; returns the ones it made.

    Topics that are there stay as they are: two provisioners at the same time, or a second run, do no harm.
    ``text_days`` limits how long those that it makes hold text.
    """
    wanted = {topic.name: topic for topic in (catalogue().values() if topics is None else topics)}
    with connected(KafkaAdminClient, bootstrap) as admin:
        there = set(admin.list_topics())
        missing = [topic for topic in wanted.values() if topic.name not in there]
        if not missing:
            return []
        asked = {
            topic.name: {
                "num_partitions": topic.partitions,
                "replication_factor": BROKERS_CHOICE,
                "configs": config_of(topic, text_days),
            }
            for topic in missing
        }
        made = []
        for answer in admin.create_topics(asked, raise_errors=False)["topics"]:
            error = for_code(answer["error_code"])
            if error is NoError:
                made.append(wanted[answer["name"]])
            elif error is not TopicAlreadyExistsError:
                why = answer["error_message"] or error.__name__
                raise NotReady(f"the broker at {bootstrap} did not make the topic {answer['name']}: {why}")
        admin.wait_for_topics([topic.name for topic in missing])
        return made


def survey(bootstrap: str) -> list[Found]:
    """Every topic of the catalogue, as the broker has it."""
    with connected(KafkaConsumer, bootstrap) as consumer:
        there = consumer.topics()
        parts = {
            name: [TopicPartition(name, number) for number in consumer.partitions_for_topic(name)]
            for name in catalogue()
            if name in there
        }
        every = [part for found in parts.values() for part in found]
        first, end = consumer.beginning_offsets(every), consumer.end_offsets(every)
        return [
            Found(topic, len(found), sum(end[part] - first[part] for part in found))
            for topic in catalogue().values()
            for found in [parts.get(topic.name, [])]
        ]


@app.command("init")
def init(bootstrap: Bootstrap = DEFAULT_BOOTSTRAP, text_days: TextDays = None) -> None:
    """Create the topics that are missing, as schemas/topics.yaml describes them; change nothing about the others."""
    made = {topic.name for topic in provision(bootstrap, text_days=text_days)}
    for found in survey(bootstrap):
        topic = found.topic
        said = "created" if topic.name in made else "there already"
        if found.partitions != topic.partitions:
            said += (
                f", but with {found.partitions} partitions, not {topic.partitions}: order may differ from the design"
            )
        typer.echo(f"{topic.name:<24} {said}")
    if len(made) < len(catalogue()):
        typer.echo("Those there already are as they were: `wiredesk topics diff` compares their settings.", err=True)


@app.command("list")
def show(bootstrap: Bootstrap = DEFAULT_BOOTSTRAP) -> None:
    """List the topics: partitions, messages, and the stage that answers for each."""
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    table.add_column("topic", no_wrap=True)
    table.add_column("partitions", justify="right")
    table.add_column("messages", justify="right")
    table.add_column("owner")
    table.add_column("holds", no_wrap=True, overflow="ellipsis", ratio=1)  # as much of it as the line has room for
    every = survey(bootstrap)
    for topic, partitions, messages in every:
        there = (str(partitions), f"{messages:,}") if partitions else ("-", "missing")
        table.add_row(topic.name, *there, topic.owner, topic.description)
    Console().print(table)
    if any(found.partitions == 0 for found in every):
        typer.echo("Some are missing: `wiredesk topics init` creates them.", err=True)
