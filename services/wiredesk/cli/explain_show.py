"""An explanation for people, on a terminal: the passages in two columns, the words that both texts have marked."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from wiredesk.cli.console import counted, harmless
from wiredesk.cli.explanation import Beside, Embedded, Explanation, Member
from wiredesk.cli.side_by_side import Passage, Side

SHARED = "bold green"
_MOST_PASSAGES = 5
_HEAD, _TAIL = 500, 250
"""Characters of a long passage that are shown of its beginning and its end; --json and --page show all."""


def explanation_shown(explanation: Explanation) -> RenderableType:
    """The story, then each member with why it belongs there."""
    parts: list[RenderableType] = [Text("\n").join(map(Text, story_lines(explanation)))]
    parts += [_panel(member) for member in explanation.members]
    if explanation.not_shown:
        parts.append(Text(f"{counted(explanation.not_shown, 'member')} more, seen later; ask for one by its id."))
    return Group(*parts)


def story_lines(explanation: Explanation) -> Iterator[str]:
    """What is to be said of the story, in sentences."""
    if explanation.merged_from is not None:
        yield f"{harmless(explanation.merged_from)} was merged into {explanation.story_id}."
    yield f"Story {explanation.story_id}: {counted(explanation.size, 'article')}."
    if explanation.origin is not None:
        yield f"Origin: {harmless(explanation.origin.name)} ({harmless('; '.join(explanation.origin.evidence))})."
    if explanation.first_carrier is not None:
        yield f"First seen at {harmless(explanation.first_carrier)}."
    if explanation.size == 1:
        yield "No other article belongs to it."


def member_lines(member: Member) -> Iterator[str]:
    """Why ``member`` belongs to the story, in sentences."""
    if member.rule is not None:
        yield f"{member.relation}, by the rule {member.rule!r}" + (f": {member.reason}." if member.reason else ".")
    else:
        yield f"{member.relation}, with a score of {member.score:.2f}."
    figures = member.figures
    if figures is not None:
        needed = "" if figures.threshold is None else f" (at least {figures.threshold:.2f} was needed)"
        containment = "" if figures.containment is None else f", containment {figures.containment:.2f}{needed}"
        anchors = "" if figures.anchors is None else f", names and numbers {figures.anchors:.2f}"
        yield f"Decided on: {figures.shared:,} telling 3-grams shared{containment}{anchors}."
    if member.beside is not None:
        yield beside_line(member.beside)
    if member.note is not None:
        yield f"Note: {member.note}."


def beside_line(beside: Beside) -> str:
    """How much the two texts share."""
    compared = beside.comparison
    return (
        f"Of its {compared.words:,} words {compared.share:.0%} stand in that of {harmless(beside.source)} "
        f"({beside.article_id}, version {beside.version}), of whose {compared.words_there:,} words "
        f"{compared.share_there:.0%} stand here."
    )


def embed_line(embed: Embedded) -> str:
    """Which story's paragraphs the article carries."""
    told = f"It carries paragraphs of story {harmless(embed.story_id)}"
    return told + ("." if embed.beside is not None else f", {counted(len(embed.spans), 'passage')}.")


def title_of(member: Member) -> str:
    """Outlet, headline and id."""
    headline = f": {member.headline}" if member.headline else ""
    return harmless(f"{member.source}{headline} ({member.article_id}, version {member.version})")


def _panel(member: Member) -> Panel:
    parts: list[RenderableType] = [Text(line) for line in member_lines(member)]
    if member.beside is not None:
        parts.append(_columns(member.source, member.beside))
    for embed in member.embeds:
        parts.append(Text(embed_line(embed)))
        if embed.beside is not None:
            parts += [Text(beside_line(embed.beside)), _columns(member.source, embed.beside)]
    return Panel(Group(*parts), title=Text(title_of(member)), title_align="left")


def _columns(source: str, beside: Beside) -> RenderableType:
    """The passages in two columns, the longest few in their order."""
    passages = beside.comparison.passages
    if not passages:
        return Text("They have no passage in common.", style="dim")
    longest = sorted(passages, key=lambda passage: -passage.words)[:_MOST_PASSAGES]
    table = Table(expand=True, show_lines=True)
    table.add_column(Text(harmless(source)), ratio=1)
    table.add_column(Text(harmless(beside.source)), ratio=1)
    for passage in (passage for passage in passages if passage in longest):
        table.add_row(*_row(passage))
    left = len(passages) - len(longest)
    if not left:
        return table
    return Group(table, Text(f"and {counted(left, 'shorter passage')}; --json shows all", style="dim"))


def _row(passage: Passage) -> tuple[Text, Text]:
    return _marked(passage.here), _marked(passage.there)


def _marked(side: Side) -> Text:
    text = Text()
    for piece, shared in pieces(side):
        text.append(harmless(piece), SHARED if shared else None)
    if len(text) > _HEAD + _TAIL + 50:
        head, tail = text.plain.rfind(" ", 0, _HEAD), text.plain.find(" ", len(text) - _TAIL)
        return Text.assemble(
            text[: head if head > 0 else _HEAD], (" [...]", "dim"), text[tail if tail > 0 else -_TAIL :]
        )
    return text


def pieces(side: Side) -> Iterator[tuple[str, bool]]:
    """The words of ``side`` piece by piece, and whether the other text has the piece too."""
    at = side.start
    for start, end in side.shared:
        if at < start:
            yield side.exact[at - side.start : start - side.start], False
        yield side.exact[start - side.start : end - side.start], True
        at = end
    if at < side.end:
        yield side.exact[at - side.start :], False
