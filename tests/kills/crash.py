"""``dedup``, killed (SIGKILL) between the acknowledgement of its state and its outputs: ``python -m ... AFTER``.

After the AFTER-th record for its state topic was acknowledged, none of that message's outputs having been sent.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Awaitable

from wiredesk.contracts.topics import DEDUP_STATE
from wiredesk.runtime.delivery import Delivery
from wiredesk.runtime.outgoing import Outgoing
from wiredesk.runtime.writer import MARK


def main(after: int) -> None:
    put = Delivery._put
    left = after

    async def put_and_crash(self: Delivery, message: Outgoing) -> Awaitable[object]:
        nonlocal left
        acknowledged = await put(self, message)
        if message.topic == DEDUP_STATE and message.key != MARK:
            left -= 1
            if left == 0:
                await acknowledged
                os.kill(os.getpid(), signal.SIGKILL)
        return acknowledged

    Delivery._put = put_and_crash  # type: ignore[method-assign]
    from wiredesk.dedup.app import app
    from wiredesk.runtime.host import run

    run(app)


if __name__ == "__main__":
    main(int(sys.argv[1]))
