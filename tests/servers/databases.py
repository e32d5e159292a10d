"""MariaDB and MySQL servers of the test run's own: own folder, free port, loopback only."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pymysql

from tests.servers.process import NotStarted, Process, free_port

MYSQL_TREE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "bookstore" / "mysql"
SYSTEM_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
COMMON_OPTIONS = (
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--max-connections=400",
    "--innodb-buffer-pool-size=128M",
    "--innodb-flush-log-at-trx-commit=2",  # a killed server loses nothing; only a power cut would
    "--skip-log-bin",
    "--secure-file-priv=",
)


class Missing(Exception):
    """This machine has no such server; the message is the reason for a skip."""


@dataclass(frozen=True)
class Database:
    """A running server and its administrator."""

    engine: str
    process: Process
    port: int
    socket: Path

    def url(self, name: str) -> str:
        return f"mysql://bookstore:segredo@127.0.0.1:{self.port}/{name}"

    def run(self, *statements: str, database: str | None = None) -> list[tuple]:
        """Run the statements as root; returns the last one's rows."""
        with (
            pymysql.connect(unix_socket=str(self.socket), user="root", database=database, autocommit=True) as root,
            root.cursor() as cursor,
        ):
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall())

    def create(self, name: str) -> str:
        """Make an empty database for the shop's own user; returns its URL."""
        self.run(
            f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4",
            f"GRANT ALL ON `{name}`.* TO 'bookstore'@'%'",
        )
        return self.url(name)

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS `{name}`")

    def empty(self, name: str) -> None:
        """Delete every row of every table that has rows, but not what migrations have run."""
        tables = self.run(
            "SELECT table_name FROM information_schema.tables "
            f"WHERE table_schema = '{name}' AND table_name NOT LIKE '%migration%'"
        )
        self.run("SET foreign_key_checks = 0", *(f"DELETE FROM `{table}`" for (table,) in tables), database=name)

    def answers(self) -> bool:
        try:
            self.run("SELECT 1")
        except pymysql.err.OperationalError:
            return False
        return True


@contextmanager
def mariadb() -> Iterator[Database]:
    """A MariaDB of the system's package; raises Missing where there is none."""
    server, installer = (shutil.which(name, path=SYSTEM_PATH) for name in ("mariadbd", "mariadb-install-db"))
    if not server or not installer:
        raise Missing("no MariaDB here: mariadbd is not installed (`make test` tries to)")
    with _folder() as folder:
        user = ("--user=root",) if os.geteuid() == 0 else ()
        data = folder / "data"
        install = (installer, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", *user)
        making = Process([*install, "--skip-test-db"], folder / "install.log")
        if making.popen.wait(60) != 0:
            raise NotStarted(making.output)
        command = (server, "--no-defaults", f"--datadir={data}", f"--socket={folder}/db.sock", *user)
        with _serve("mariadb", command, folder) as database:
            yield database


@contextmanager
def mysql() -> Iterator[Database]:
    """The MySQL that `tools/make_mysql.sh` made; raises Missing where there is none."""
    if os.geteuid() != 0:
        raise Missing("no MySQL here: its chroot needs root")
    if not (MYSQL_TREE / "template").is_dir():
        raise Missing(f"no MySQL here: {MYSQL_TREE} is not made (`make test` tries to)")
    with _folder(MYSQL_TREE / "runs") as folder:
        shutil.copytree(MYSQL_TREE / "template", folder / "data")
        inside = "/" / folder.relative_to(MYSQL_TREE)
        command = (
            *("chroot", MYSQL_TREE, "/usr/sbin/mysqld", "--no-defaults", "--user=root", f"--datadir={inside}/data"),
            *(f"--socket={inside}/db.sock", "--mysqlx=OFF", "--innodb-redo-log-capacity=64M"),
        )
        with _serve("mysql", command, folder) as database:
            yield database


@contextmanager
def _folder(parent: Path | None = None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="bookstore-db-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _serve(engine: str, command: tuple, folder: Path) -> Iterator[Database]:
    port = free_port()
    process = Process([*command, f"--port={port}", *COMMON_OPTIONS, "--pid-file=server.pid"], folder / "server.log")
    database = Database(engine, process, port, folder / "db.sock")
    try:
        process.ready(database.answers, seconds=40)
        database.run("CREATE USER 'bookstore'@'%' IDENTIFIED BY 'segredo'")
        yield database
    finally:
        process.stop()
