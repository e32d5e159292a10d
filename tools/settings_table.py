"""The table of every setting, docs/settings.md, written from the settings class; `--check` only compares."""

import sys
import types
import typing
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from bookstore.config import Config

PAGE = Path(__file__).resolve().parent.parent / "docs" / "settings.md"
HEAD = """\
# Settings

Written by `tools/settings_table.py` from `bookstore/config.py`; change it there. All come from the environment. A wrong
or missing value stops the start and is named. `bookstore up` needs none of them: what has no default it makes itself,
in its data folder.

| setting | default | what it is |
|---|---|---|
"""


def main(arguments: list[str]) -> int:
    page = HEAD + "".join(row(name, field) for name, field in Config.model_fields.items() if field.description)
    if arguments != ["--check"]:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page)
        return 0
    nameless = [name for name, field in Config.model_fields.items() if not field.description]
    stale = not PAGE.exists() or PAGE.read_text() != page
    print(f"Without a description: {nameless}" if nameless else "Every setting says what it is.")
    print("docs/settings.md is stale: run `make settings`." if stale else "docs/settings.md is up to date.")
    return bool(nameless or stale)


def row(name: str, field: FieldInfo) -> str:
    setting = f"BOOKSTORE_{name.upper()}"
    also = f" or `{setting}_FILE`" if is_secret(field) else ""
    return f"| `{setting}`{also} | {default(field)} | {field.description} |\n"


def default(field: FieldInfo) -> str:
    if field.is_required():
        return "none: required"
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, bool):
        return f"`{'on' if value else 'off'}`"
    if isinstance(value, (set, frozenset, tuple, list)):
        return f"`{','.join(sorted(value))}`"
    return f"`{value}`" if value not in (None, "") else "empty"


def is_secret(field: FieldInfo) -> bool:
    kinds = typing.get_args(field.annotation) if isinstance(field.annotation, types.UnionType) else [field.annotation]
    return SecretStr in kinds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
