"""An explanation as a page: one file without scripts, to be sent to those who ask why."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from wiredesk.cli.console import counted
from wiredesk.cli.explain_show import beside_line, embed_line, member_lines, pieces, story_lines, title_of
from wiredesk.cli.explanation import Beside, Explanation, Member
from wiredesk.cli.side_by_side import Side


def page(explanation: Explanation) -> str:
    """The page; what comes from articles is escaped."""
    title = f"Story {explanation.story_id}"
    body = [f"<h1>{escape(title)}</h1>", *(f"<p>{escape(line)}</p>" for line in story_lines(explanation))]
    for member in explanation.members:
        body += _member(member)
    if explanation.not_shown:
        body.append(f"<p>{escape(counted(explanation.not_shown, 'member'))} more, seen later.</p>")
    style = files(__package__).joinpath("explain_page.css").read_text("utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<style>\n{style}</style></head>\n<body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


def _member(member: Member) -> Iterator[str]:
    yield f"<section><h2>{escape(title_of(member))}</h2>"
    for line in member_lines(member):
        yield f"<p>{escape(line)}</p>"
    if member.beside is not None:
        yield _columns(member.source, member.beside)
    for embed in member.embeds:
        yield f"<h3>{escape(embed_line(embed))}</h3>"
        if embed.beside is not None:
            yield f"<p>{escape(beside_line(embed.beside))}</p>{_columns(member.source, embed.beside)}"
    yield "</section>"


def _columns(source: str, beside: Beside) -> str:
    if not beside.comparison.passages:
        return "<p>They have no passage in common.</p>"
    rows = "\n".join(
        f"<tr><td>{_marked(passage.here)}</td><td>{_marked(passage.there)}</td></tr>"
        for passage in beside.comparison.passages
    )
    head = f"<tr><th>{escape(source)}</th><th>{escape(beside.source)}</th></tr>"
    return f"<table><thead>{head}</thead><tbody>\n{rows}\n</tbody></table>"


def _marked(side: Side) -> str:
    return "".join(f"<mark>{escape(piece)}</mark>" if shared else escape(piece) for piece, shared in pieces(side))
