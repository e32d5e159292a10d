"""Settings: what is missing or wrong stops the start and is named; secrets come from files too and are never told."""

import pytest

from bookstore.config import Config, WrongSetting

SECRET = "9f2c1a7be04d4c8f8d0b6a51e3c7f2d4"
NEEDED = {
    "BOOKSTORE_DATABASE_URL": "mysql://shop:pass@db:3306/shop",
    "BOOKSTORE_REDIS_URL": "redis://:pass@redis:6379/0",
    "BOOKSTORE_SECRET_KEY": SECRET,
    "BOOKSTORE_MEDIA_DIR": "/srv/media",
}


def test_what_is_not_said_has_the_documented_value():
    config = Config.from_env(NEEDED)
    assert config.services == {"auth", "catalog", "orders"}
    assert (config.hold_minutes, config.database_pool, config.locale, config.currency) == (15, 5, "es", "USD")
    assert config.locks is config.rate_limits is True


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_flaw_m43_nothing_needed_has_a_default(name):
    with pytest.raises(WrongSetting, match=f"{name} is missing"):
        Config.from_env({key: value for key, value in NEEDED.items() if key != name})


@pytest.mark.parametrize("secret", ["secretkey", "changeme", "short", "a" * 64])
def test_flaw_m28_a_default_or_guessable_secret_is_refused_and_not_repeated(secret):
    with pytest.raises(WrongSetting, match="BOOKSTORE_SECRET_KEY") as wrong:
        Config.from_env(NEEDED | {"BOOKSTORE_SECRET_KEY": secret})
    assert secret not in str(wrong.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOOKSTORE_SERVICES", "auth,ordres"),
        ("BOOKSTORE_DATABASE_URL", "postgres://shop@db/shop"),
        ("BOOKSTORE_DATABASE_URL", "mysql://shop@db"),
        ("BOOKSTORE_REDIS_URL", "http://redis"),
        ("BOOKSTORE_LOCKS", "yes"),
        ("BOOKSTORE_HOLD_MINUTES", "-1"),
        ("BOOKSTORE_HOLD_MINUTES", "nan"),
        ("BOOKSTORE_DATABASE_POOL", "many"),
        ("BOOKSTORE_LOCALE", "fr"),
        ("BOOKSTORE_CURRENCY", "dollars"),
    ],
)
def test_a_wrong_value_is_named(name, value):
    with pytest.raises(WrongSetting, match=name):
        Config.from_env(NEEDED | {name: value})


def test_a_password_in_a_wrong_url_is_not_told():
    with pytest.raises(WrongSetting) as wrong:
        Config.from_env(NEEDED | {"BOOKSTORE_DATABASE_URL": "postgres://shop:hunter2@db/shop"})
    assert "hunter2" not in str(wrong.value)
    assert "hunter2" not in repr(Config.from_env(NEEDED | {"BOOKSTORE_REDIS_URL": "redis://:hunter2@r"}))


def test_a_secret_comes_from_a_file_too(tmp_path):
    (tmp_path / "key").write_text(f"{SECRET}\n")
    settings = {**NEEDED, "BOOKSTORE_SECRET_KEY": "", "BOOKSTORE_SECRET_KEY_FILE": str(tmp_path / "key")}
    assert Config.from_env(settings).secret_key.get_secret_value() == SECRET


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    settings = {**NEEDED, "BOOKSTORE_SECRET_KEY": "", "BOOKSTORE_SECRET_KEY_FILE": str(tmp_path / "none")}
    with pytest.raises(WrongSetting, match="BOOKSTORE_SECRET_KEY_FILE"):
        Config.from_env(settings)
