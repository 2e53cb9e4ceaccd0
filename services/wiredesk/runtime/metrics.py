"""Every metric of the runtime, as one documented literal (names by the Prometheus naming guide, base units)."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

MESSAGES_IN = Counter("wiredesk_messages_in_total", "Messages taken up.", ["stage"])
MESSAGES_OUT = Counter("wiredesk_messages_out_total", "Messages acknowledged by the broker.", ["stage", "topic"])
DEAD = Counter("wiredesk_dead_letters_total", "Messages that became dead letters.", ["stage", "error"])
WITHOUT = Counter(
    "wiredesk_articles_without_block_total", "Articles that went on without this stage's block.", ["stage"]
)
HANDLE_SECONDS = Histogram(
    "wiredesk_handle_seconds",
    "From taking a message up until its outputs are ready to be sent, waiting for a worker included.",
    ["stage"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60),
)
HOP_SECONDS = Histogram(
    "wiredesk_hop_seconds",
    "From the moment the previous stage (or the feed) wrote a message until this stage took it up.",
    ["stage"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30, 300, 3600),
)
IN_FLIGHT = Gauge("wiredesk_in_flight_messages", "Messages taken up and not yet acknowledged.", ["stage"])
ASSIGNED = Gauge("wiredesk_assigned_partitions", "Partitions this worker reads.", ["stage"])
LAST_PROGRESS = Gauge(
    "wiredesk_last_progress_timestamp_seconds", "When a message was last acknowledged, or none was waiting.", ["stage"]
)
POOL_RESTARTS = Counter("wiredesk_pool_restarts_total", "Pool processes that were lost and replaced.", ["stage"])
POOL_TIMEOUTS = Counter("wiredesk_pool_timeouts_total", "Articles whose language work took too long.", ["stage"])
MEMO = Counter("wiredesk_memo_lookups_total", "Paragraphs looked up in the memo.", ["stage", "result"])
STATE_RECORDS = Gauge("wiredesk_state_records_read", "Records of the state topic read at the last start.", ["stage"])
STATE_SECONDS = Gauge("wiredesk_state_read_seconds", "How long that took.", ["stage"])
STATE_FROM_SNAPSHOT = Gauge(
    "wiredesk_state_from_snapshot", "1 if they were the rest behind a snapshot, 0 if the whole topic.", ["stage"]
)
SNAPSHOT_TIME = Gauge("wiredesk_snapshot_timestamp_seconds", "When the newest snapshot was made.", ["stage"])
SNAPSHOT_SECONDS = Gauge("wiredesk_snapshot_write_seconds", "How long no message was taken up for it.", ["stage"])
SNAPSHOT_BYTES = Gauge("wiredesk_snapshot_bytes", "Its size.", ["stage"])
