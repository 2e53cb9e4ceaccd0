"""Showing: enriched articles, stories and dead letters for people, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from wiredesk.contracts.article import EnrichedArticle, Quote
from wiredesk.contracts.stories import StoryRecord
from wiredesk.text.paragraphs import paragraphs

ENTITY_STYLES = {"PER": "bold magenta", "ORG": "bold blue", "LOC": "bold green", "PRODUCT": "bold red"}
OTHER_ENTITY = "bold"
QUOTE_STYLE = "yellow"

LEGEND = Text.assemble(
    ("people", ENTITY_STYLES["PER"]), "  ", ("organisations", ENTITY_STYLES["ORG"]), "  ",
    ("places", ENTITY_STYLES["LOC"]), "  ", ("equipment", ENTITY_STYLES["PRODUCT"]), "  ", ("quotations", QUOTE_STYLE),
)  # fmt: skip


def article_panel(article: EnrichedArticle, most_paragraphs: int | None = None) -> RenderableType:
    """``article`` with its entities and quotations coloured, and who said what through whom below it.

    ``most_paragraphs`` cuts the text after so many; the quotations are listed in full.
    """
    blocks = list(paragraphs(article.text))
    end = len(article.text)
    if most_paragraphs is not None and len(blocks) > most_paragraphs:
        end = blocks[most_paragraphs - 1][1]
    text = Text(article.text)
    for quote in article.quotes:
        for span in quote.spans:
            text.stylize(QUOTE_STYLE, span.start, span.end)
    for entity in article.entities:
        for mention in entity.mentions:
            if mention.kind == "named":
                text.stylize(ENTITY_STYLES.get(entity.type, OTHER_ENTITY), mention.start, mention.end)
    parts: list[RenderableType] = [text[:end]]
    if end < len(article.text):
        left = len(blocks) - (most_paragraphs or 0)
        parts.append(Text(f"... {left} more paragraph{'s' if left > 1 else ''}", style="dim"))
    if article.quotes:
        parts += [Rule(style="dim"), quotes_list(article.quotes)]
    title = f"{article.source.name} · version {article.version}"
    if article.story is not None and article.story.relation != "original":
        title += f" · {article.story.relation} of a story"
    return Panel(Group(*parts), title=Text(title), title_align="left", subtitle=article.published_at)


def quotes_list(quotes: Iterable[Quote]) -> Text:
    """Who said what, and through whom: one line a quotation, those inside another one indented."""
    lines = []
    for quote in quotes:
        speaker = "?"
        if quote.speaker is not None:
            said = quote.speaker.mention.exact if quote.speaker.mention else "?"
            speaker = quote.speaker.name or f"{said} (unresolved)"
        through = f" (through {' > '.join(via.name for via in quote.via)})" if quote.via else ""
        lines.append(
            Text.assemble(
                "  " if quote.parent_id else "",
                (speaker, "bold"),
                (through, "dim"),
                ": ",
                (_shortened(quote.text), QUOTE_STYLE),
            )
        )
    return Text("\n").join(lines)


def stories_table(stories: Sequence[StoryRecord], headlines: dict[str, str]) -> Table:
    """The stories with their members; ``headlines`` is by article id."""
    table = Table(title="Stories that more than one article carries", title_justify="left")
    table.add_column("origin")
    table.add_column("relation")
    table.add_column("outlet")
    table.add_column("headline", overflow="fold")
    for story in stories:
        for number, member in enumerate(story.members):
            origin = story.origin.name if story.origin and number == 0 else ""
            headline = headlines.get(member.article_id, "")
            last = number == len(story.members) - 1
            table.add_row(origin, member.relation, Text(member.source), Text(headline), end_section=last)
    return table


def _shortened(text: str, most: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 3] + "..."
