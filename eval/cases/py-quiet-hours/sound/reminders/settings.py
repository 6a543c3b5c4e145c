"""Settings of the reminders, from `[tool.reminders]` of pyproject.toml."""

import tomllib
from dataclasses import dataclass
from datetime import time
from pathlib import Path

FILE = Path(__file__).parent.parent / "pyproject.toml"


@dataclass(frozen=True)
class Settings:
    quiet_from: time
    quiet_until: time
    most_a_day: int


def load(path=FILE):
    table = tomllib.loads(Path(path).read_text(encoding="utf-8"))["tool"]["reminders"]
    return Settings(
        quiet_from=time.fromisoformat(table["quiet-from"]),
        quiet_until=time.fromisoformat(table["quiet-until"]),
        most_a_day=table["most-a-day"],
    )
