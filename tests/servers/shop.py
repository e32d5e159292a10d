"""The shop as operating-system processes: `bookstore web` and `bookstore worker`, as an administrator starts them."""

import http.client
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.process import Process, free_port

BOOKSTORE = (sys.executable, "-m", "bookstore")
START_SECONDS = 20


@dataclass(frozen=True)
class Web:
    """One web process."""

    process: Process
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


@dataclass
class Served:
    """The processes of one shop on one database and one Redis; `start` waits until they answer."""

    environment: dict[str, str]
    folder: Path
    webs: list[Web] = field(default_factory=list)
    workers: list[Process] = field(default_factory=list)
    program: tuple[str, ...] = BOOKSTORE  # what `web` and `worker` are said to

    def start(self, webs: int = 1, workers: int = 0, **settings: object) -> "Served":
        """Start processes with the given settings (`locks="off"`) on top of the tests' own."""
        started = [self._web(settings) for _ in range(webs)]
        self.workers += [self._process("worker", settings) for _ in range(workers)]
        for web in started:
            web.process.ready(web.ready, START_SECONDS)
        return self

    @property
    def url(self) -> str:
        return self.webs[0].url

    @property
    def urls(self) -> list[str]:
        return [web.url for web in self.webs]

    @property
    def processes(self) -> list[Process]:
        return [*self.workers, *(web.process for web in self.webs)]

    @property
    def logs(self) -> str:
        """Everything that every process has written."""
        return "".join(process.output for process in self.processes)

    def stop(self, seconds: float = 15) -> list[int]:
        """End every process with one SIGTERM, together; returns their exit codes."""
        for process in self.processes:
            process.send(signal.SIGTERM)
        return [process.ended(seconds) for process in self.processes]

    def _web(self, settings: dict[str, object]) -> Web:
        port = free_port()
        web = Web(self._process("web", settings | {"bind": f"127.0.0.1:{port}"}), port)
        self.webs.append(web)
        return web

    def _process(self, command: str, settings: dict[str, object]) -> Process:
        named = {f"BOOKSTORE_{name.upper()}": str(value) for name, value in settings.items()}
        log = self.folder / f"{command}-{len(self.processes)}.log"
        return Process([*self.program, command], log, env=self.environment | named)
