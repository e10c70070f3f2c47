"""The options that say how inputs are read (--password, --ocr, one --max-… for each limit) and how a run goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..errors import PolicyParseError
from ..limits import DEFAULTS, SIZES, Limits, ReadOptions, whole_number

if TYPE_CHECKING:
    from ..batch.settings import Settings

_F = TypeVar("_F", bound=Callable[..., Any])

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


def size(base: int) -> Callable[[str | int], int]:
    """A reader of whole numbers with K, M, G or T behind them: 64M, 1.5G, 20000."""

    def read(value: str | int) -> int:
        try:
            return whole_number(value, base)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error

    return read


def written(value: int, name: str) -> str:
    """A limit for the help text: 32M, 20000."""
    base = 1024 if name in SIZES else 1000
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
            type=size(1024 if field.name in SIZES else 1000),
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
    try:
        in_force = Limits.in_force()
    except PolicyParseError as error:
        raise click.UsageError(str(error)) from error
    return ReadOptions(given.get("password"), given.get("ocr", "auto"), replace(in_force, **limits))


_JOBS = click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Worker processes.  [one a processor]")
_FORCE = click.option("--force", is_flag=True, help="Read again what an earlier run has finished.")
_REPLACE = click.option("--force", is_flag=True, help="Replace a ledger that is there already.")
_FAIL_FAST = click.option("--fail-fast", is_flag=True, help="Stop at the first input that fails.")
_ORDERED = click.option(
    "--ordered/--unordered",
    default=True,
    show_default=True,
    help="Outputs of all documents follow the order of the inputs, or that in which they are read.",
)
_MEMORY = click.option(
    "--memory", type=size(1024), metavar="N", help="Memory a worker may use.  [its share of the machine's, 4G at most]"
)
_NO_ISOLATION = click.option(
    "--no-isolation", is_flag=True, help="No worker processes: a file that crashes or hangs ends the run."
)


def run_options(command: _F) -> _F:
    """Give a command the options of a run; `settings_from` makes Settings of them."""
    for option in reversed((_JOBS, _FORCE, _FAIL_FAST, _ORDERED, _MEMORY, _NO_ISOLATION)):
        command = option(command)
    return command


def ledger_options(command: _F) -> _F:
    """The same for a run that makes one file, in the order of its inputs."""
    for option in reversed((_JOBS, _REPLACE, _FAIL_FAST, _MEMORY, _NO_ISOLATION)):
        command = option(command)
    return command


def settings_from(given: dict[str, Any]) -> Settings:
    """The options of a command as the batch takes them."""
    from ..batch.settings import Settings

    return Settings(
        options_from(given),
        jobs=given["jobs"] or 0,
        ordered=given.get("ordered", True),
        force=given.get("force", False),
        fail_fast=given["fail_fast"],
        isolate=not given["no_isolation"],
        memory=given["memory"] or 0,
    )
