"""What the Python parts of start share: how they speak, and where they keep things."""

import os
import sys
from pathlib import Path


class Problem(Exception):
    """Something to tell the user: the first line says what is wrong, the others what to do."""


def say(text):
    print(text, flush=True)


def cache_directory():
    """The user's cache directory for this project; lib/machine.sh has the same rule."""
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "condgen"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "condgen"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "condgen"
