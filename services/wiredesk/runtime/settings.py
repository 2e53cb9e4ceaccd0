"""Settings: every one is an environment variable ``WIREDESK_<NAME>``, listed in ``docs/settings.md``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from wiredesk.contracts.errors import NotReady

HTTP_PORTS = {"intake": 9101, "dedup": 9102, "entities": 9103, "quotes": 9104, "publish": 9105}


class Settings(BaseSettings):
    """What an operator may set. A wrong value stops the process at start with the name of the variable."""

    model_config = SettingsConfigDict(env_prefix="WIREDESK_", env_ignore_empty=True)

    bootstrap: str = Field("127.0.0.1:9092", description="Kafka brokers, host:port, separated by commas.")
    group: str = Field("wiredesk", description="Consumer groups and transactional ids are named <group>-<stage>.")
    http_host: str = Field("127.0.0.1", description="Where /livez, /readyz and /metrics listen.")
    http_port: int | None = Field(
        None, ge=0, le=65535, description="Their port; by default 9101 (intake) to 9105 (publish). 0 takes a free one."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What is logged.")
    log_format: Literal["json", "console"] = Field("json", description="One JSON object a line, or text for people.")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        description="Processes that do the language work of entities and quotes; by default one a core.",
    )
    window: int | None = Field(
        None, ge=1, description="Most messages in flight in a stage; by default 32 with a pool, 256 without."
    )
    read_ahead_mib: int = Field(
        64, ge=1, description="MiB of messages that a stage reads ahead; feeds take turns inside it, floods fill it."
    )
    fair_share: int = Field(
        1, ge=1, description="Messages of one feed that intake takes up in a row while other feeds wait."
    )
    memo: int = Field(50_000, ge=0, description="Paragraphs whose language work is remembered for their copies.")
    article_seconds: float = Field(
        60.0, gt=0, description="The longest that the language work on one article may take."
    )
    max_body_bytes: int = Field(1_000_000, ge=1, description="A larger raw message is refused before it is decoded.")
    story_hours: float = Field(72.0, gt=0, description="How long stories and utterances can find new members.")
    session_seconds: float = Field(
        30.0, ge=1, description="A worker that is silent for this long loses its partitions."
    )
    heartbeat_seconds: float = Field(3.0, gt=0, description="How often a worker says that it is there.")
    commit_seconds: float = Field(0.5, gt=0, description="How often offsets are committed.")
    fetch_wait_ms: int = Field(500, ge=1, description="How long the broker may hold a fetch that finds nothing.")
    state_dir: Path | None = Field(
        None, description="Where a single writer keeps a snapshot of its state, to start sooner; by default nowhere."
    )
    snapshot_seconds: float = Field(600.0, gt=0, description="How often it writes one, beside that at its end.")
    fencing: bool = Field(
        True,
        description="Idempotent producers, and transactions for the single writers. The embedded broker knows neither.",
    )


def read_settings() -> Settings:
    """The settings of this process; NotReady names every variable that is wrong."""
    try:
        return Settings()
    except ValidationError as wrong:
        faults = [
            f"WIREDESK_{str(fault['loc'][0]).upper()}={fault['input']!r}: {fault['msg']}" for fault in wrong.errors()
        ]
        raise NotReady(f"{'; '.join(faults)}; see docs/settings.md") from wrong


def settings_page() -> str:
    """``docs/settings.md``: every variable with its default and its meaning."""
    rows = []
    for name, setting in Settings.model_fields.items():
        default = "one a core" if name == "workers" else "" if setting.default is None else f"`{setting.default}`"
        rows.append(f"| `WIREDESK_{name.upper()}` | {default} | {setting.description} |")
    return "\n".join(
        [
            "# Settings",
            "",
            "Every setting is an environment variable. This page is written by `make schemas`; do not edit it.",
            "",
            "| variable | default | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    print(settings_page(), end="")
