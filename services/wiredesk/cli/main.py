"""``wiredesk``: the commands, each in a file of its own over functions that work without a command line."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from wiredesk import __version__
from wiredesk.broker.process import BrokerError
from wiredesk.cli import (
    annotate,
    check,
    dead,
    dead_replay,
    demo,
    explain,
    ledger,
    publish,
    receipts,
    run,
    stories,
    tail,
    topics,
    topics_apply,
)
from wiredesk.cli.console import messages
from wiredesk.contracts.errors import WiredeskError


class Commands(TyperGroup):
    """The commands; what wiredesk raises by intention is told in a sentence, without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command that was asked for; exit code 1 when it could not do its work."""
        try:
            return super().invoke(ctx)
        except (WiredeskError, BrokerError) as wrong:
            messages().print(f"wiredesk: {wrong}", style="red")
            raise typer.Exit(1) from wrong


app = typer.Typer(
    cls=Commands,
    help="News feeds in, clean articles with stories, entities and attributed quotes out.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"wiredesk {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


app.command()(demo.demo)
app.command()(annotate.annotate)
app.command()(check.check)
app.command()(publish.publish)
topics.app.command("diff")(topics_apply.diff)
topics.app.command("apply")(topics_apply.apply)
app.add_typer(topics.app, name="topics")
app.command()(tail.tail)
app.command()(receipts.receipts)
app.command()(ledger.ledger)
app.command()(explain.explain)
app.add_typer(stories.app, name="stories")
dead.app.command("replay")(dead_replay.replay)
app.add_typer(dead.app, name="dead")
app.command("run")(run.run_stage)

if __name__ == "__main__":
    app()
