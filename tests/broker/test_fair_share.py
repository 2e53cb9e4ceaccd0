"""Fair shares on Apache Kafka: small feeds get through while the backlog of a flood is worked off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lines import raw
from tests.load import cleaned, publish
from wiredesk.broker.apache import ApacheKafka
from wiredesk.cli.topics import provision
from wiredesk.contracts.topics import CLEAN
from wiredesk.local.stages import Stages
from wiredesk.local.watch import Watch

FLOOD = 20_000
FEEDS = 10
EACH = 20
"""Messages of each small feed: a hundredth of the flood in all."""


@pytest.mark.kafka
def test_small_feeds_get_through_long_before_the_backlog_of_a_flood(tmp_path: Path) -> None:
    flood = [raw("Flood", f"f{n}", "Rain fell on the harbour road again. " * 20, edition=n) for n in range(FLOOD)]
    small = [raw(f"Feed {n % FEEDS}", f"s{n}", f"A ship came in, number {n}.") for n in range(FEEDS * EACH)]
    with ApacheKafka() as broker:
        provision(broker.bootstrap)
        publish(broker.bootstrap, flood)
        late = set(publish(broker.bootstrap, small))
        with Stages(broker, tmp_path, ("intake",)), Watch(broker.bootstrap, [CLEAN]) as watch:
            assert watch.until(lambda: late <= set(cleaned(watch)), 60)
            came = cleaned(watch)
    last = max(came.index(place) for place in late)
    print(f"the last message of a small feed came out as number {last + 1}, of {FLOOD + len(late)}")
    assert last < FLOOD / 4
