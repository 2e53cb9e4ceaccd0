"""``wiredesk explain``: why articles belong together, with the shared passages side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from wiredesk.cli.archive_files import FilesArchive
from wiredesk.cli.archive_topics import TopicsArchive
from wiredesk.cli.connect import DEFAULT_BOOTSTRAP, Bootstrap
from wiredesk.cli.console import messages
from wiredesk.cli.dossier import gather
from wiredesk.contracts.errors import WiredeskError


def explain(
    story_or_article: Annotated[str, typer.Argument(metavar="STORY_ID|ARTICLE_ID", show_default=False)],
    file: Annotated[
        list[Path] | None,
        typer.Option(help="Read what `wiredesk annotate --out` or `--stories` wrote, not the topics; may be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, with every shared passage.")] = False,
    page: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write a page with every passage.")] = None,
    bootstrap: Bootstrap = DEFAULT_BOOTSTRAP,
) -> None:
    """Show why articles belong to a story: the rule, its figures, and the shared passages side by side.

    For a story: its origin, and each member (the first 50 that were seen) beside the first of them. For an article: why
    it is in its story, and the passages of other stories that it carries. Rule and figures are as decided when the
    article came; the passages are found in the texts as they are held now. Words that both texts have are marked.

    The topics are read to their ends. The exit code is 1 when there is nothing to explain: an unknown id, an article
    that was withdrawn.

    Examples:

    - wiredesk explain 1664e1e4-e106-5442-a55f-bbd479a028d2
    - wiredesk explain d9bbf5d4-439b-507b-9317-c363f66fa230 --file enriched.jsonl --json | jq .members
    """
    from wiredesk.cli import explain_page, explain_show, explanation  # brings dedup in, which others need not wait for

    archive = FilesArchive(file) if file else TopicsArchive(bootstrap)
    explained = explanation.explain(gather(story_or_article, archive))
    if page is not None:
        try:
            page.write_text(explain_page.page(explained), "utf-8")
        except OSError as wrong:
            raise WiredeskError(f"{page} cannot be written ({wrong.strerror}); name another file") from wrong
        messages().print(f"the page is in {page}")
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(explained) + b"\n")
        sys.stdout.buffer.flush()
    elif page is None:
        Console(highlight=False).print(explain_show.explanation_shown(explained))
