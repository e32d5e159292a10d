"""What the command line tells a person, in a line, of what went wrong outside of our own code."""

from bookstore.config import WrongSetting
from bookstore.refusals import Refused

NO_TABLE = 1146  # MySQL and MariaDB; SQLite says it in words


def sentence(error: BaseException) -> str | None:
    """The line, or None for an error of ours, which deserves its traceback."""
    if isinstance(error, Refused | WrongSetting):
        return str(error)
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return _of_the_data(error)


def _of_the_data(error: BaseException) -> str | None:
    from redis.exceptions import RedisError  # noqa: PLC0415 - a command that fails early has not needed them

    from bookstore.auth.people import UnknownEmail  # noqa: PLC0415
    from bookstore.data.failures import code_of, is_unreachable  # noqa: PLC0415

    if isinstance(error, UnknownEmail):
        return f"nobody here has the e-mail address {error}"
    if isinstance(error, RedisError):
        return f"Redis cannot be reached; is the shop up? {error}"
    if is_unreachable(error):
        return f"the database cannot be reached: {error}"
    if code_of(error) == NO_TABLE or "no such table" in str(error):
        return "the database has no schema yet: run `bookstore migrate`"
    return None
