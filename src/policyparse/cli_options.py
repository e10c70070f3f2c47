"""The options that say how inputs are read (--password, --ocr, one --max-… for each limit) and how a run goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .limits import DEFAULTS, Limits, ReadOptions

if TYPE_CHECKING:
    from .batch_settings import Settings

_F = TypeVar("_F", bound=Callable[..., Any])

_SIZES = ("bytes", "unpacked")
"""Limits that are counted in bytes: 64M is 64 × 1024 × 1024. Of the others 50M is 50,000,000."""
_ABOUT = {
    "bytes": "Size of a file, or of a member of an archive",
    "pages": "Pages of a document",
    "unpacked": "Size of a zipped file (docx, xlsx, ofd, zip) when unpacked",
    "ratio": "Unpacked by packed size of a part",
    "depth": "Nesting; an archive in an archive counts 50",
    "members": "Parts of a zipped file, members of an archive",
    "characters": "Characters of a document",
    "seconds": "Time for one document",
}
_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,3})?)\s*([kmgt]?)(?:i?b)?", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


def size(base: int) -> Callable[[str | int], int]:
    """A reader of whole numbers with K, M, G or T behind them: 64M, 1.5G, 20000."""

    def read(value: str | int) -> int:
        found = _SIZE.fullmatch(str(value).strip().replace(",", ""))
        if found is None:
            raise click.BadParameter(f"{value!r} is no number like 500, 64M or 1.5G")
        return int(float(found[1]) * base ** _POWERS[found[2].lower()])

    return read


def written(value: int, name: str) -> str:
    """A limit for the help text: 32M, 20000."""
    base = 1024 if name in _SIZES else 1000
    for letter, power in (("G", 3), ("M", 2)):
        if value and value % base**power == 0:
            return f"{value // base**power}{letter}"
    return str(value)


def reading_options(command: _F) -> _F:
    """Give a command --password, --ocr and the limits; `options_from` makes ReadOptions of them."""
    for field in reversed(fields(Limits)):
        default = written(getattr(DEFAULTS, field.name), field.name)
        command = click.option(
            f"--max-{field.name}",
            type=size(1024 if field.name in _SIZES else 1000),
            metavar="N",
            help=f"{_ABOUT[field.name]} ({default}).",
        )(command)
    command = click.option(
        "--ocr",
        type=click.Choice(["auto", "never", "always"]),
        default="auto",
        show_default=True,
        help="Read page images: where a page has no text, never, or always.",
    )(command)
    return click.option("--password", metavar="TEXT", help="Opens encrypted files and archives.")(command)


def options_from(given: dict[str, Any]) -> ReadOptions:
    """The options of a command as the readers take them. A limit on the command line beats the environment."""
    limits = {f.name: value for f in fields(Limits) if (value := given.get(f"max_{f.name}")) is not None}
    return ReadOptions(given.get("password"), given.get("ocr", "auto"), replace(Limits.in_force(), **limits))


_RUN = (
    click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Worker processes.  [one a processor]"),
    click.option("--force", is_flag=True, help="Read again what an earlier run has finished."),
    click.option("--fail-fast", is_flag=True, help="Stop at the first input that fails."),
    click.option(
        "--ordered/--unordered",
        default=True,
        show_default=True,
        help="Outputs of all documents follow the order of the inputs, or that in which they are read.",
    ),
    click.option(
        "--memory",
        type=size(1024),
        metavar="N",
        help="Memory a worker may use.  [its share of the machine's, 4G at most]",
    ),
    click.option(
        "--no-isolation", is_flag=True, help="No worker processes: a file that crashes or hangs ends the run."
    ),
)


def run_options(command: _F) -> _F:
    """Give a command the options of a run; `settings_from` makes Settings of them."""
    for option in reversed(_RUN):
        command = option(command)
    return command


def settings_from(given: dict[str, Any]) -> Settings:
    """The options of a command as the batch takes them."""
    from .batch_settings import Settings

    return Settings(
        options_from(given),
        jobs=given["jobs"] or 0,
        ordered=given["ordered"],
        force=given["force"],
        fail_fast=given["fail_fast"],
        isolate=not given["no_isolation"],
        memory=given["memory"] or 0,
    )
