"""The host: a stage as a Faust app, with all that it needs of Kafka around it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

import faust
import structlog

from wiredesk.contracts.catalogue import catalogue
from wiredesk.contracts.errors import NotReady, WorkFailed
from wiredesk.contracts.record import Snapshotting
from wiredesk.contracts.topics import RAW
from wiredesk.runtime.delivery import Delivery, FencedDelivery
from wiredesk.runtime.guard import Guard
from wiredesk.runtime.health import Health
from wiredesk.runtime.inbox import Inbox
from wiredesk.runtime.logs import set_up_logs
from wiredesk.runtime.pool import Pool
from wiredesk.runtime.progress import Progress
from wiredesk.runtime.runner import Runner, end_process
from wiredesk.runtime.settings import HTTP_PORTS, Settings, read_settings
from wiredesk.runtime.snapshots import Snapshots
from wiredesk.runtime.stage import Stage
from wiredesk.runtime.startup import check_topics, wait_for_brokers
from wiredesk.runtime.transport import Transport
from wiredesk.runtime.work import PlainWork, PooledWork, StatefulWork
from wiredesk.runtime.writer import take_over

_WINDOW_POOLED = 32
_WINDOW_PLAIN = 256
"""Over a 50 ms network a window of 32 keeps 150 messages/s moving, one of 256 keeps 350 (measured)."""

log = structlog.get_logger()


class StageApp(faust.App):
    """A stage in a process of its own."""

    def __init__(self, stage: Stage, settings: Settings) -> None:
        brokers = settings.bootstrap.split(",")
        self.inbox = Inbox(settings.read_ahead_mib << 20, settings.fair_share if stage.reads == RAW else None)
        super().__init__(
            f"{settings.group}-{stage.name}",
            broker=";".join(f"kafka://{broker.strip()}" for broker in brokers),
            store="memory://",
            web_enabled=False,
            topic_allow_declare=False,
            topic_disable_leader=True,
            consumer_auto_offset_reset="earliest",
            broker_session_timeout=settings.session_seconds,
            broker_heartbeat_interval=settings.heartbeat_seconds,
            broker_rebalance_timeout=settings.session_seconds,
            broker_request_timeout=max(40.0, settings.session_seconds + 10),
            broker_commit_interval=settings.commit_seconds,
            stream_wait_empty=False,
        )
        self.stage = stage
        self.settings = settings
        self.progress = Progress(stage.name, stall_seconds=settings.article_seconds + 30)
        fenced = stage.stateful is not None and settings.fencing
        self.delivery = FencedDelivery(settings, stage.name, stage.keeps) if fenced else Delivery(settings, stage.keeps)
        self.snapshots: Snapshots | None = None
        if stage.keeps is not None and settings.state_dir is not None:
            self.snapshots = Snapshots(settings.state_dir, stage.name, stage.keeps, settings.bootstrap)
        self._snapshot_lock = asyncio.Lock()
        self.pool: Pool | None = None
        self.health: Health | None = None
        self._work = self._make_work()
        limits = {name: topic.max_message_bytes for name, topic in catalogue().items()}
        window = settings.window or (_WINDOW_POOLED if stage.pooled else _WINDOW_PLAIN)
        self.runner = Runner(
            stage.name,
            self.inbox,
            Guard(stage.name, self._work, limits, stage.keeps),
            self.delivery,
            self.progress,
            window=window,
        )
        self._claim: asyncio.Task[None] | None = None
        self.on_partitions_assigned.connect(self._assigned)  # type: ignore[arg-type]
        self.on_partitions_revoked.connect(self._revoked)
        self.agent(
            self.topic(stage.reads, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw"),
            name=stage.name,
        )(self._agent)

    def _new_transport(self) -> Any:
        transport = Transport(self.conf.broker_consumer, self)
        transport.inbox = self.inbox
        transport.fetch_wait_ms = self.settings.fetch_wait_ms
        transport.isolation_level = "read_committed" if self.settings.fencing else "read_uncommitted"
        return transport

    def _make_work(self) -> PlainWork | PooledWork | StatefulWork:
        stage, settings = self.stage, self.settings
        if stage.plain is not None:
            return PlainWork(stage.plain(settings))
        if stage.pooled is not None:
            made = f"{stage.pooled.__module__}:{stage.pooled.__qualname__}"
            self.pool = Pool(
                stage.name, made, workers=settings.workers, seconds=settings.article_seconds, memo=settings.memo
            )
            return PooledWork(stage.name, stage.pooled(), self.pool)
        return StatefulWork()

    async def on_first_start(self) -> None:
        """Opens the health page, waits for the brokers and checks the topics, before anything else is started.

        Faust's own first start makes directories for tables; there are none.
        """
        self.add_future(self._keep_time())
        if self.snapshots is not None:
            self.add_future(self._keep_snapshots(self.snapshots))
        try:
            await self._prepare()
        except NotReady as missing:
            log.critical(str(missing))
            raise SystemExit(1) from missing

    async def _prepare(self) -> None:
        stage = self.stage
        port = HTTP_PORTS[stage.name] if self.settings.http_port is None else self.settings.http_port
        self.health = Health(self.progress, self.settings.http_host, port)
        log.info("health page", host=self.settings.http_host, port=self.health.port)
        there = await asyncio.to_thread(wait_for_brokers, self.settings.bootstrap)
        writes = [topic.name for topic in catalogue().values() if stage.name in topic.writers]
        check_topics(there, [stage.reads, *writes])
        if stage.warm is not None:
            await asyncio.to_thread(stage.warm)
        if self.pool is not None:
            try:
                await asyncio.to_thread(self.pool.wait_until_ready)
            except WorkFailed as failed:
                raise NotReady(str(failed)) from failed
        if stage.stateful is None:
            await self.delivery.start()

    async def on_stop(self) -> None:
        """Lets what is in flight be acknowledged, commits, disconnects, writes a snapshot and ends the children."""
        await self.runner.stop()
        await super().on_stop()
        await self.delivery.stop()
        if self.snapshots is not None and self.runner.idle:
            await self._take_snapshot(self.snapshots)
        if self.pool is not None:
            self.pool.close()
        if self.health is not None:
            self.health.close()

    async def _agent(self, _: Any) -> None:
        """Faust starts and stops the runner as an agent; the stream stays empty (runtime/transport.py says why)."""
        await self.runner.run(self.consumer.ack, self._before)

    async def _before(self) -> None:
        if self._claim is not None:
            await asyncio.shield(self._claim)

    async def _assigned(self, _app: Any, *args: Any, **_: Any) -> None:
        (assigned,) = args
        self.inbox.clear()
        self.progress.assign(len(assigned))
        log.info("partitions assigned", partitions=sorted(tp.partition for tp in assigned))
        if self.stage.stateful is not None and assigned:
            self.progress.stated = False
            self._claim = asyncio.create_task(self._take_over(self._claim, self.stage.stateful, self.stage.keeps or ""))

    async def _revoked(self, *_: Any, **__: Any) -> None:
        self.inbox.clear()
        self.progress.assign(0)

    async def _take_over(self, earlier: Awaitable[None] | None, make: Callable[..., Any], topic: str) -> None:
        try:
            if earlier is not None:
                await earlier
            await self.runner.settle()
            await self.delivery.stop()
            await self.delivery.start()
            handler = await take_over(
                self.stage.name, topic, lambda: make(self.settings), self.delivery, self.settings, self.snapshots
            )
        except Exception as error:
            end_process(error)
        assert isinstance(self._work, StatefulWork)
        self._work.handler = handler
        self.progress.stated = True

    async def _keep_snapshots(self, snapshots: Snapshots) -> None:
        while not self.should_stop:
            await self.sleep(self.settings.snapshot_seconds)
            if not self.should_stop:
                await self._take_snapshot(snapshots)

    async def _take_snapshot(self, snapshots: Snapshots) -> None:
        """Writes one while nothing is in flight, so that the state is that of the records acknowledged so far. Threads
        do the work: the event loop goes on turning, and the consumer's own thread sends the heartbeats."""
        assert isinstance(self._work, StatefulWork)
        if not isinstance(self._work.handler, Snapshotting):
            return
        async with self._snapshot_lock:
            try:
                async with self.runner.paused():
                    handler, offset = self._work.handler, self.delivery.kept
                    if not (self.progress.stated and snapshots.due(offset)):
                        return
                    await asyncio.to_thread(snapshots.write, handler, offset)
                await asyncio.to_thread(snapshots.finish)
            except Exception as error:
                snapshots.failed(error)

    async def _keep_time(self) -> None:
        while not self.should_stop:
            self.progress.turned()
            await asyncio.sleep(1)


def host(stage: Stage) -> StageApp:
    """``stage`` as a Faust app; a stage's ``app.py`` exposes it as ``app``."""
    return StageApp(stage, read_settings())


def run(app: StageApp) -> NoReturn:
    """Runs ``app`` until SIGTERM or Ctrl-C, then exits 0; exits otherwise when it cannot go on."""
    set_up_logs(app.settings, app.stage.name)
    worker = faust.Worker(app, quiet=True, override_logging=False, redirect_stdouts=False)
    worker.spinner = None  # it writes cursor movements to the standard output
    worker.execute_from_commandline()
