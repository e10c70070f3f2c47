"""Outputs of all documents together: each is written by a process of its own, from the finished file of JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .export import stream
from .pool import Inline, Pool

_LOST = "its process ended ({})"


@dataclass(frozen=True, slots=True)
class Together:
    """An output to write."""

    to: str
    target: Path
    lines: Path
    """The documents, a line each."""
    names: Path
    """Their places in the input: a line of JSON each, in the same order."""

    def documents(self) -> Iterator[tuple[str, bytes]]:
        """The documents with their places."""
        with self.lines.open("rb") as lines, self.names.open(encoding="utf-8") as names:
            for name, line in zip(names, lines, strict=True):
                yield json.loads(name), line


def write(output: Together) -> str:
    """Write an output; the reason why it could not be done, or nothing."""
    from .model import PolicyDocument

    name = ""
    try:
        with stream(output.to).open(output.target) as out:
            for name, line in output.documents():
                out.add(PolicyDocument.model_validate_json(line), name)
    except OSError as error:
        return f"cannot write {output.target}: {error.strerror or error}"
    except Exception as error:
        return f"{f'at {name}: ' if name else ''}{error or type(error).__name__}"
    return ""


def write_all(
    outputs: list[Together], jobs: int, isolate: bool, stopped: Callable[[], bool]
) -> Iterator[tuple[Together, str]]:
    """Write `outputs`; each with the reason why it could not be done, or nothing. One by one as they are ready."""
    left = {output.to: output for output in outputs}
    pool: Pool[Together] | Inline[Together] = Pool(write, jobs=min(jobs, len(outputs))) if isolate else Inline(write)
    with pool:
        for answer in pool.run(outputs, ordered=False, stopped=stopped):
            del left[answer.task.to]
            yield answer.task, answer.value if answer.kind == "done" else _LOST.format(answer.detail or answer.kind)
    for output in left.values():
        drop(output.to, output.target)


def drop(to: str, target: Path) -> None:
    """Take away what a process that was ended has left of an output."""
    with suppress(Exception):  # it is not to hide the end of the run
        check(to, target)


def check(to: str, target: Path) -> None:
    """What keeps an output from being written is better told now than after hours of work."""
    target.parent.mkdir(parents=True, exist_ok=True)
    stream(to).open(target).abort()


def write_names(path: Path, names: Iterable[str]) -> None:
    """The file `Together.names`."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for name in names:
            out.write(json.dumps(name) + "\n")
