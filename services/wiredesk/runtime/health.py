"""The health page: ``/livez``, ``/readyz`` and ``/metrics``, in a thread of its own, which sees a stuck loop too."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from wiredesk.contracts.errors import NotReady
from wiredesk.runtime.progress import Progress


class Health:
    """The server; ``port`` is the one it got."""

    def __init__(self, progress: Progress, host: str, port: int) -> None:
        """Listens at once; NotReady when the address is taken."""

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/metrics":
                    self._answer(200, generate_latest(), CONTENT_TYPE_LATEST)
                elif self.path in ("/livez", "/readyz"):
                    wrong = progress.not_live() if self.path == "/livez" else progress.not_ready()
                    self._answer(503 if wrong else 200, f"{wrong or 'ok'}\n".encode(), "text/plain; charset=utf-8")
                else:
                    self._answer(404, b"there are /livez, /readyz and /metrics\n", "text/plain; charset=utf-8")

            def _answer(self, status: int, body: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
                """Says nothing: a line for every scrape helps nobody."""

        try:
            self._server = ThreadingHTTPServer((host, port), Page)
        except OSError as taken:
            raise NotReady(
                f"cannot listen on {host}:{port} ({taken.strerror}); set WIREDESK_HTTP_PORT to a free port, or 0"
            ) from taken
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        Thread(target=self._server.serve_forever, name="health", daemon=True).start()

    def close(self) -> None:
        """Stops listening."""
        self._server.shutdown()
        self._server.server_close()
