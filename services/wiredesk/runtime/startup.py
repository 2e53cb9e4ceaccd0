"""Start-up: waits for the brokers, and checks what Faust would hang on without a word."""

from __future__ import annotations

import time
from collections.abc import Iterable

import structlog
from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from wiredesk.contracts.errors import NotReady

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 15.0

log = structlog.get_logger()


def wait_for_brokers(bootstrap: str) -> set[str]:
    """The names of all topics, once a broker answers; until then it asks again, at longer and longer pauses."""
    pause = _FIRST_PAUSE
    while True:
        try:
            admin = KafkaAdminClient(bootstrap_servers=bootstrap.split(","))
            try:
                return set(admin.list_topics())
            finally:
                admin.close()
        except (KafkaError, OSError, ValueError) as absent:
            log.warning("no broker answers", bootstrap=bootstrap, why=str(absent)[:200], again_in_seconds=pause)
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


def check_topics(there: set[str], wanted: Iterable[str]) -> None:
    """NotReady that names every one of ``wanted`` that is not ``there``."""
    missing = sorted(set(wanted) - there)
    if missing:
        raise NotReady(f"these topics do not exist: {', '.join(missing)}; create them with `wiredesk topics init`")
