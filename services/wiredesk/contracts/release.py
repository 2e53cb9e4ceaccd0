"""A release of the contract: a snapshot of the schemas, ``schemas/released/<version>/``, that later ones are held to.

``python -m wiredesk.contracts.release`` takes one of the schemas as they are now, once the version has been raised. A
release is what others rely on: it is never written twice, and none is made that breaks an earlier one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

from wiredesk import __version__
from wiredesk.contracts.catalogue import Topic, catalogue
from wiredesk.contracts.compatibility import breaking_releases
from wiredesk.contracts.errors import NotReady
from wiredesk.contracts.headers import headers_of
from wiredesk.contracts.schemas import schema_of, written
from wiredesk.contracts.shipped import shipped

Schemas = dict[str, dict[str, Any]]
"""Of the values by topic, of the headers by topic + ``.headers``."""


def promised(topics: dict[str, Topic]) -> Schemas:
    """The schemas of all messages on ``topics`` that others rely on; what a stage remembers is nobody's contract."""
    outside = [kind for topic in topics.values() if not topic.is_state for kind in topic.kinds]
    values = {kind.name: schema_of(kind) for kind in outside}
    return values | {f"{kind.name}.headers": headers_of(kind) for kind in outside}


def releases(folder: Path) -> dict[str, Schemas]:
    """All releases in ``folder``, by version."""
    return {
        release.name: {
            path.name.removesuffix(".schema.json"): msgspec.json.decode(path.read_bytes())
            for path in sorted(release.glob("*.schema.json"))
        }
        for release in sorted(folder.iterdir() if folder.is_dir() else ())
    }


def broken_promises(folder: Path, topics: dict[str, Topic]) -> list[str]:
    """What the schemas of ``topics``, as they are now, break of the releases in ``folder``; a sentence each."""
    accepted = {name for name, topic in topics.items() if "feeds" in topic.writers}
    accepted |= {message.name for topic in topics.values() for message in topic.also}
    accepted |= {f"{name}.headers" for name in accepted}
    return [
        f"{version}: {change}"
        for version, released in releases(folder).items()
        for change in breaking_releases(released, promised(topics), accepted)
    ]


def release(folder: Path, version: str, topics: dict[str, Topic]) -> Path:
    """Writes release ``version`` into ``folder``; NotReady when it is there, or when it breaks an earlier one."""
    target = folder / version
    if target.exists():
        raise NotReady(f"release {version} is there already ({target}); raise the version of wiredesk first")
    broken = broken_promises(folder, topics)
    if broken:
        raise NotReady(
            "the schemas break an earlier release; add a topic with the next version instead:\n" + "\n".join(broken)
        )
    target.mkdir(parents=True)
    for name, schema in promised(topics).items():
        (target / f"{name}.schema.json").write_bytes(written(schema))
    return target


def main() -> None:
    try:
        print(release(shipped("schemas", "released"), __version__, catalogue()))
    except NotReady as wrong:
        sys.exit(f"no release: {wrong}")


if __name__ == "__main__":
    main()
