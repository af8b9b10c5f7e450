"""The keys that everything personal is sealed with: from the environment or, beside SQLite, from a file."""

from cryptography.fernet import Fernet, MultiFernet

from bot.settings import Settings, SettingsError
from storage.secrets import Keyring, load_or_make_key_file


def keyring(settings: Settings) -> Keyring:
    """Give the keys for the rows. Raises SettingsError when they can't be had."""
    return Keyring.from_text(_text(settings))


def fernet(settings: Settings) -> MultiFernet:
    """Give the same keys for what the engine keeps. Raises SettingsError when they can't be had."""
    return MultiFernet([Fernet(key) for key in _text(settings).split(",")])


def _text(settings: Settings) -> str:
    """Give the keys, newest first, separated by commas; make the key file at its first use."""
    text = settings.secret_keys.get_secret_value() if settings.secret_keys else _kept(settings)
    return ",".join(key.strip() for key in text.replace("\n", ",").split(",") if key.strip())


def _kept(settings: Settings) -> str:
    file = settings.key_file
    if file is None:
        raise SettingsError("RENKEI_SECRET_KEYS is missing.")
    try:
        load_or_make_key_file(file)
        return file.read_text(encoding="ascii")
    except OSError as error:
        raise SettingsError(f"The key file {file} can't be used: {error.strerror}.") from None
    except ValueError:
        raise SettingsError(f"The key file {file} holds something that is no Fernet key.") from None
