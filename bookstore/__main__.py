"""The command line. A command imports what it needs, so that --help is quick; a user's mistake is told in one line."""

import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from bookstore.config import Config

T = TypeVar("T")
PATH = click.Path(path_type=Path)
data_option = click.option(
    "--data", type=PATH, metavar="DIR", help="The shop that `bookstore up` keeps in DIR; else the settings say which."
)


class Misused(click.ClickException):
    """The words of the command line were not understood; told in one line, with where to read more."""

    exit_code = 2

    def __init__(self, error: click.UsageError) -> None:
        command = error.ctx.command_path if error.ctx else "bookstore"
        super().__init__(f"{error.format_message()} Try '{command} --help'.")


class Shop(click.Group):
    """Exits with 1 and one line when something outside of our code went wrong; a bug keeps its traceback."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:  # noqa: ANN401 - click's own
        try:
            return super().make_context(*args, **more)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise Misused(error) from None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise Misused(error) from None
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:
            from bookstore.telling import sentence

            line = sentence(error)
            if line is None:
                raise
            raise click.ClickException(line) from None


@click.group(cls=Shop, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(package_name="bookstore", message="%(version)s")
def main() -> None:
    """A second-hand bookshop for many sellers."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
@click.option("--data", type=PATH, default="var", show_default=True, metavar="DIR", help="Where the shop is kept.")
@click.option("--demo/--no-demo", default=True, help="With demo people and books, or empty.")
def up(host: str, port: int, data: Path, demo: bool) -> None:
    """The whole shop on this machine: SQLite, Valkey, web and worker."""
    from bookstore.embedded.shop import up

    up(host, port, data, demo=demo)


@main.command()
def web() -> None:
    """Serve the pages of BOOKSTORE_SERVICES; drains on SIGTERM."""
    from bookstore.supervision.listening import listen, split

    config = settings(None)
    with listen(*split(config.bind)) as listener:  # before the slow imports: a taken port is told at once
        from bookstore import serving

        serving.run(config, listener)


@main.command()
def worker() -> None:
    """Run what happens behind the pages: relay, clock and the queue's jobs."""
    config = settings(None)
    from workers import processes

    processes.supervise(config)


@main.command()
@data_option
def migrate(data: Path | None) -> None:
    """Bring the database's schema to its head. Any number may start at once."""
    config = settings(data)
    import asyncio

    from bookstore.data.migrate import migrate

    applied = asyncio.run(migrate(config))
    click.echo(f"Applied: {', '.join(applied)}" if applied else "The schema is at its head.")


@main.command()
@data_option
def seed(data: Path | None) -> None:
    """Add the demo's people and books, unless they are there."""
    config = settings(data)
    from bookstore import demo

    click.echo(f"Books added: {run(config, demo.seed)}")


@main.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seller", required=True, metavar="EMAIL", help="Whose books they will be.")
@click.option("--price", metavar="N", help="Price of a book whose row has none, such as 12.50.")
@click.option("--stock", type=click.IntRange(0), metavar="N", help="Copies of a book whose row does not say.")
@click.option("--dry-run", is_flag=True, help="Read and judge every row, but list nothing.")
@data_option
def import_(file: Path, seller: str, price: str | None, stock: int | None, dry_run: bool, data: Path | None) -> None:
    """List the books of a CSV file; what is wrong with a row goes to a file beside it."""
    config = settings(data)
    from bookstore import importing

    wish = importing.Wish(file, seller, price, stock, dry_run)
    raise SystemExit(run(config, lambda: importing.fulfil(wish)))


@main.group()
def admin() -> None:
    """Who may see everything."""


@admin.command()
@click.argument("email")
@data_option
def grant(email: str, data: Path | None) -> None:
    """Give EMAIL the admin role."""
    config = settings(data)
    from bookstore.auth import people

    run(config, lambda: people.grant(email))
    click.echo(f"{email} is an administrator from the next login on.")


@admin.command()
@click.argument("email")
@data_option
def revoke(email: str, data: Path | None) -> None:
    """Take the admin role from EMAIL."""
    config = settings(data)
    from bookstore.auth import people

    run(config, lambda: people.revoke(email))
    click.echo(f"{email} is no administrator any more.")


def settings(data: Path | None) -> "Config":
    """From the environment, or of the shop that is kept in `data`."""
    from bookstore.config import Config

    if data is None:
        return Config.from_env()
    from bookstore.embedded.folder import DataFolder

    return Config.from_env(DataFolder.find(data).environment(os.environ))


def run(config: "Config", verb: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What `verb` returns, called with the database and Redis open."""
    import asyncio

    from bookstore.data import db, redis
    from bookstore.texts import speak

    speak("en")  # as the rest of the command line

    async def connected() -> T:
        await db.connect(config)
        redis.connect(config)
        try:
            return await verb()
        finally:
            await redis.close()
            await db.close()

    return asyncio.run(connected())


if __name__ == "__main__":
    main(prog_name="bookstore")
