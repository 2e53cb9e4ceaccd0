"""The command line that both Python consumers share, and the check of ``spans.py`` against the vectors."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from local_copy import LocalCopy
from spans import to_utf8, to_utf16

Read = Callable[[str, LocalCopy, bool, threading.Event], None]
"""Reads from the broker at an address into the copy, until the end if asked, else until told to stop."""


def run(read: Read) -> int:
    """Runs one consumer; its exit code."""
    parser = argparse.ArgumentParser(description="Keeps a local copy of wiredesk's articles, stories and utterances.")
    parser.add_argument("--bootstrap", default="127.0.0.1:9092", help="the broker's HOST:PORT")
    parser.add_argument("--copy", type=Path, default=Path("copy.sqlite"), help="the file that holds the copy")
    parser.add_argument("--language", default="en", help="of the articles to keep")
    parser.add_argument("--until-end", action="store_true", help="stop at the end of the topics (default: on a signal)")
    parser.add_argument("--state", type=Path, help="a file to write the copy to at the end, as JSON")
    parser.add_argument("--check-vectors", type=Path, metavar="FILE", help="check the spans helper, and nothing else")
    options = parser.parse_args()
    if options.check_vectors:
        return check(options.check_vectors)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    copy = LocalCopy(options.copy, options.language)
    read(options.bootstrap, copy, options.until_end, stop)
    if options.state:
        options.state.write_text(json.dumps(copy.state(), ensure_ascii=False), "utf-8")
    copy.close()
    return 0


def tell(news: str, topic: str, key: str, ce_id: str) -> None:
    """Acts on news, once for each: here a line on standard output."""
    print(news, topic, key, ce_id, flush=True)


def check(path: Path) -> int:
    """Compares the helper with the vectors; the number of mismatches."""
    told = json.loads(path.read_text("utf-8"))
    wrong = 0
    for vector in told["vectors"]:
        text, spans = vector["text"], vector["code_points"]
        for name, convert in (("utf16", to_utf16), ("utf8", to_utf8)):
            found = [list(span) for span in convert(text, spans)]
            if found != vector[name]:
                wrong += 1
                print(f"{vector['about']}: {name} {found}, not {vector[name]}", file=sys.stderr)
    for vector in told["refused"]:
        for convert in (to_utf16, to_utf8):
            try:
                convert(vector["text"], [vector["code_points"]])
            except ValueError:
                continue
            wrong += 1
            print(f"{vector['about']}: not refused", file=sys.stderr)
    print(f"{len(told['vectors']) + len(told['refused'])} vectors, {wrong} mismatches")
    return min(wrong, 1)
