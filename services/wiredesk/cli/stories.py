"""``wiredesk stories``: an editor's decisions on what is one story."""

from __future__ import annotations

import getpass
import uuid
from collections.abc import Sequence
from typing import Annotated

import msgspec
import typer
from kafka import KafkaProducer

from wiredesk.cli.archive_topics import TopicsArchive
from wiredesk.cli.connect import DEFAULT_BOOTSTRAP, Bootstrap, connected, require_topic
from wiredesk.cli.console import counted, harmless
from wiredesk.cli.dossier import Archive
from wiredesk.cli.edit_answer import ANSWER_SECONDS, answers
from wiredesk.contracts.edits import MERGE, SPLIT, StoryEdit, headers_of, key_of, now
from wiredesk.contracts.errors import WiredeskError
from wiredesk.contracts.stories import StoryRecord
from wiredesk.contracts.topics import CLEAN, DEAD

app = typer.Typer(help="Overrule what is one story: merge two, or split one.", no_args_is_help=True)

Because = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept with the decision.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides.", show_default="your user name")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check, and say what would be decided; send nothing.")]


@app.command()
def merge(
    one: Annotated[str, typer.Argument(metavar="STORY", show_default=False)],
    other: Annotated[str, typer.Argument(metavar="STORY", show_default=False)],
    because: Because = None,
    by: By = None,
    dry_run: DryRun = False,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Decide that two stories are one.

    The younger is merged into the older, with all members; later articles that match either join it. The decision
    stands in the log between the articles, so a replay takes it again.
    """
    first, second = check_merge(TopicsArchive(bootstrap), one, other)
    edit = _decision(MERGE, [one, other], [], by, because)
    _decide(edit, f"merge {_told(first)} and {_told(second)}", bootstrap, dry_run=dry_run)


@app.command()
def split(
    story: Annotated[str, typer.Argument(metavar="STORY", show_default=False)],
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", show_default=False)],
    because: Because = None,
    by: By = None,
    dry_run: DryRun = False,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Decide that some members of a story are another story.

    They leave it and make a new one together, whose first member is the one that was seen first. No later article makes
    the two one again; it joins the one that it matches better.
    """
    leaving = list(dict.fromkeys(articles))
    found = check_split(TopicsArchive(bootstrap), story, leaving)
    edit = _decision(SPLIT, [story], leaving, by, because)
    _decide(edit, f"take {counted(len(leaving), 'article')} out of {_told(found)}", bootstrap, dry_run=dry_run)


def check_merge(archive: Archive, one: str, other: str) -> tuple[StoryRecord, StoryRecord]:
    """The two stories; WiredeskError when they cannot be merged."""
    if one == other:
        raise WiredeskError("that is one story already; name two")
    found = archive.stories([one, other])
    return _open(found, one, archive), _open(found, other, archive)


def check_split(archive: Archive, story: str, leaving: Sequence[str]) -> StoryRecord:
    """The story; WiredeskError when not all of ``leaving`` are its members, or all its members are among them."""
    found = _open(archive.stories([story]), story, archive)
    members = {member.article_id for member in archive.members(story)}
    strangers = [article_id for article_id in leaving if article_id not in members]
    if strangers:
        raise WiredeskError(
            f"{', '.join(each[:80] for each in strangers[:5])}: no member of story {story}; "
            f"`wiredesk explain {story}` shows its members"
        )
    if members <= set(leaving):
        raise WiredeskError(f"these are all members of story {story}; leave at least one in it")
    return found


def _open(found: dict[str, StoryRecord], story_id: str, archive: Archive) -> StoryRecord:
    """The story; WiredeskError when there is none, or when it is another's now."""
    story = found.get(story_id)
    if story is None:
        raise WiredeskError(
            f"there is no story {story_id[:80]!r} in {archive.place}; "
            "`wiredesk tail stories.v1 --from-beginning` shows what there is"
        )
    if story.merged_into is not None:
        raise WiredeskError(f"story {story_id} was merged into {story.merged_into}; name that one")
    return story


def _decision(
    kind: str, stories: Sequence[str], articles: Sequence[str], by: str | None, because: str | None
) -> StoryEdit:
    return StoryEdit(
        edit_id=str(uuid.uuid4()),
        kind=kind,
        stories=list(stories),
        articles=list(articles),
        by=by or _user(),
        because=because,
        at=now(),
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as wrong:  # no name for this user id, as in some containers
        raise WiredeskError("who decides is not known; say it with --by NAME") from wrong


def _decide(edit: StoryEdit, what: str, bootstrap: str, *, dry_run: bool) -> None:
    if dry_run:
        typer.echo(f"would {what}")
        return
    for topic in (CLEAN, DEAD):
        require_topic(bootstrap, topic)
    with (
        answers(bootstrap) as coming,
        connected(KafkaProducer, bootstrap, acks="all", enable_idempotence=False) as producer,
    ):
        producer.send(CLEAN, key=key_of(edit).encode(), value=msgspec.json.encode(edit), headers=headers_of(edit)).get(
            ANSWER_SECONDS
        )
        typer.echo(f"decided to {what} (decision {edit.edit_id})")
        told = coming.to(edit)
    if told is None:
        raise WiredeskError(
            f"nobody carried it out within {ANSWER_SECONDS:g} s; it is in the log, and dedup will as soon as it comes "
            f"to it: see that dedup runs, then `wiredesk explain {edit.stories[0]}`"
        )
    typer.echo(told)


def _told(story: StoryRecord) -> str:
    carrier = f", first seen at {harmless(story.first_carrier)}" if story.first_carrier else ""
    return f"story {story.story_id} ({counted(story.size, 'article')}{carrier})"
