"""Every setting: typed, frozen, read once from the environment; a wrong one stops the start and is named."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, field_validator

PREFIX = "BOOKSTORE_"
SERVICES = frozenset({"auth", "catalog", "orders"})
SHORTEST_SECRET, FEWEST_DIFFERENT = 32, 8  # characters
GUESSABLE = {"secretkey", "secret", "changeme", "change-me", "default", "password", "bookstore"}


class WrongSetting(Exception):
    """A setting is missing or wrong; the text names it and says what it takes."""


def _switch(value: object) -> object:
    words = {"on": True, "off": False}
    if isinstance(value, str):
        if value not in words:
            raise ValueError("takes on or off")
        return words[value]
    return value


def _names(value: object) -> object:
    return frozenset(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Switch = Annotated[bool, BeforeValidator(_switch)]


class Config(BaseModel):
    """The settings of one process, each from BOOKSTORE_NAME; a secret also from the file in BOOKSTORE_NAME_FILE."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: SecretStr = Field(
        description="sqlite:///relative, sqlite:////absolute or mysql://user:pass@host:3306/db"
    )
    redis_url: SecretStr = Field(description="redis://, rediss:// or unix://, with a password where it has one")
    secret_key: SecretStr = Field(
        description="signs anonymous form tokens; at least 32 characters, the same in every replica"
    )
    media_dir: Path = Field(description="folder of the photos, shared by every replica")
    services: Annotated[frozenset[str], BeforeValidator(_names)] = Field(
        default=SERVICES, description="which contexts this process serves: auth, catalog, orders"
    )
    database_pool: int = Field(default=5, ge=1, le=100, description="database connections a process may hold")
    database_ca: Path | None = Field(default=None, description="certificate of the authority that signs the database's")
    migrate_database_url: SecretStr | None = Field(
        default=None, description="the database as a user who may change its tables; the default is the database's own"
    )
    trusted_proxies: int = Field(
        default=0, ge=0, le=5, description="how many proxies stand in front of the web process"
    )
    locks: Switch = Field(
        default=True, description="the gate in front of a much wanted book; stock is right without it"
    )
    hold_minutes: float = Field(
        default=15, gt=0, le=24 * 60, description="how long copies are held for an unpaid order"
    )
    payment_seconds: float = Field(default=1, ge=0, le=600, description="how long the simulated provider takes")
    preparing_seconds: float = Field(
        default=30, ge=0, le=864000, description="until the courier collects a paid parcel"
    )
    shipping_step_seconds: float = Field(default=5, ge=0, le=864000, description="each step of the simulated courier")
    locale: Literal["es", "en"] = Field(default="es", description="language of a reader who asks for none of ours")
    currency: str = Field(default="USD", pattern="^[A-Z]{3}$", description="ISO 4217 code of every price")
    rate_limits: Switch = Field(default=True, description="limits on logging in, registering and buying")
    bind: str = Field(default="0.0.0.0:8000", description="address and port of bookstore web")
    drain_seconds: float = Field(
        default=5, ge=0, le=600, description="after SIGTERM, how long /readyz says so before no request is taken"
    )
    embedded: Switch = Field(default=False, description="set by bookstore up for its own children")

    @field_validator("database_url", "migrate_database_url")
    @classmethod
    def _a_database(cls, value: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(value.get_secret_value()) if value else None
        if parts and parts.scheme not in {"sqlite", "mysql"}:
            raise ValueError("takes sqlite:///path or mysql://user:pass@host:3306/db")
        if parts and parts.scheme == "mysql" and not (parts.hostname and parts.path.strip("/")):
            raise ValueError("names no host or no database")
        return value

    @field_validator("redis_url")
    @classmethod
    def _a_redis(cls, value: SecretStr) -> SecretStr:
        if urlsplit(value.get_secret_value()).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("takes redis://, rediss:// or unix://")
        return value

    @field_validator("secret_key")
    @classmethod
    def _a_secret(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text.lower() in GUESSABLE or len(text) < SHORTEST_SECRET or len(set(text)) < FEWEST_DIFFERENT:
            raise ValueError("takes at least 32 random characters, for example from: openssl rand -hex 32")
        return value

    @field_validator("services")
    @classmethod
    def _known_services(cls, value: frozenset[str]) -> frozenset[str]:
        if unknown := sorted(value - SERVICES) or (["nothing"] if not value else []):
            raise ValueError(f"names unknown services: {', '.join(unknown)}; known: {', '.join(sorted(SERVICES))}")
        return value

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """The settings of this environment. Raises WrongSetting naming the first that is missing or wrong."""
        return cls.build(_read(os.environ if environ is None else environ))

    @classmethod
    def build(cls, values: Mapping[str, Any]) -> "Config":
        """The settings from values by field name. Raises WrongSetting."""
        try:
            return cls(**values)
        except ValidationError as wrong:
            raise WrongSetting(_sentence(wrong)) from None


def _read(environ: Mapping[str, str]) -> dict[str, str]:
    values = {}
    for name in Config.model_fields:
        key = PREFIX + name.upper()
        if environ.get(key):
            values[name] = environ[key]
        elif path := environ.get(f"{key}_FILE"):
            values[name] = _from_file(key, Path(path))
    return values


def _from_file(key: str, path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSetting(f"{key}_FILE: {path} cannot be read: {error}") from None


def _sentence(wrong: ValidationError) -> str:
    first = wrong.errors(include_input=False, include_url=False)[0]  # the input may be a secret
    key = PREFIX + str(first["loc"][0]).upper() if first["loc"] else PREFIX
    if first["type"] == "missing":
        return f"{key} is missing: {Config.model_fields[str(first['loc'][0])].description}"
    return f"{key} {first['msg'].removeprefix('Value error, ')}"
