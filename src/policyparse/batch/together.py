"""Outputs of all documents together, from the finished file of JSON lines: workers make the rows of a stretch of it for
every output, and what they have made is appended here, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..export import stream
from .pool import Answer, Inline, Pool
from .work import DISK

if TYPE_CHECKING:
    from ..export.writer import PackWriter

_LOST = "its process ended ({})"
_DOCUMENTS = 16
_BYTES = 1 << 20
"""A stretch has so many documents, or so many bytes of them, at most (one document at least)."""
AHEAD = 3
"""Stretches that a worker may be ahead of the one that is appended: they wait in memory."""


@dataclass(frozen=True, slots=True)
class Together:
    """An output to write."""

    to: str
    target: Path


class Stretch(NamedTuple):
    """Documents that follow each other in the file of lines."""

    at: int
    """Where they begin."""
    lengths: list[int]
    names: list[str]
    """Their places in the input."""


def stretches(lines: Iterable[tuple[str, int, int]]) -> Iterator[Stretch]:
    """The documents (name, place, length) in stretches: the same ones whatever happens meanwhile."""
    at, lengths, names = 0, list[int](), list[str]()
    for name, start, length in lines:
        if len(names) == _DOCUMENTS or (names and start + length - at > _BYTES):
            yield Stretch(at, lengths, names)
            lengths, names = [], []
        at = at if names else start
        lengths.append(length)
        names.append(name)
    if names:
        yield Stretch(at, lengths, names)


class Packed(NamedTuple):
    """What is to be appended to an output, or why there is nothing."""

    value: Any = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """The work of a worker."""

    lines: Path
    outputs: tuple[str, ...]

    def prepare(self) -> None:
        """Called once in a worker."""
        for to in self.outputs:
            stream(to)
        import_module("..model", __package__)

    def __call__(self, stretch: Stretch) -> list[Packed]:
        """For each output."""
        from ..model import PolicyDocument

        documents, name = [], ""
        try:
            with self.lines.open("rb") as file:
                file.seek(stretch.at)
                for name, length in zip(stretch.names, stretch.lengths, strict=True):
                    documents.append((name, PolicyDocument.model_validate_json(file.read(length))))
        except Exception as error:
            return [Packed(problem=f"at {name}: {error or type(error).__name__}")] * len(self.outputs)
        return [_packed(to, documents) for to in self.outputs]


def _packed(to: str, documents: list[tuple[str, Any]]) -> Packed:
    try:
        return Packed(stream(to).pack(documents))
    except MemoryError:
        raise
    except Exception as error:
        for document in documents:  # one by one, to name the one
            try:
                stream(to).pack([document])
            except Exception:
                return Packed(problem=f"at {document[0]}: {error or type(error).__name__}")
        return Packed(problem=f"{error or type(error).__name__}")


def write_all(
    outputs: list[Together],
    pool: Pool[Stretch] | Inline[Stretch],
    stretches: Iterable[Stretch],
    stopped: Callable[[], bool],
) -> Iterator[tuple[Together, str]]:
    """Write `outputs`; each with the reason why it could not be done, or nothing. `pool` does `Pack` for them.

    Where the run is stopped, what was there before stays.
    """
    writing = [_Writing(output) for output in outputs]
    try:
        with pool:
            for answer in pool.run(stretches, stopped=stopped):
                for one, packed in zip(writing, _packs(answer, len(outputs)), strict=True):
                    one.append(packed)
                if all(one.problem for one in writing):
                    break
        for one in writing:
            if stopped() and not one.problem:
                return
            one.close()
            yield one.output, one.problem
    finally:
        for one in writing:
            one.abort()


def _packs(answer: Answer[Stretch], count: int) -> list[Packed]:
    if answer.kind == "done":
        packs: list[Packed] = answer.value
        return packs
    why = answer.value if answer.kind == "raised" else _LOST.format(answer.detail or answer.kind)
    return [Packed(problem=f"at {answer.task.names[0]} or shortly after: {why}")] * count


class _Writing:
    """An output while it is written; after a problem it is as it was before."""

    def __init__(self, output: Together) -> None:
        self.output, self.problem = output, ""
        self._out: PackWriter[Any] | None = None
        self._do(self._open)

    def append(self, packed: Packed) -> None:
        """Write what a worker has made."""
        if packed.problem and not self.problem:
            self.problem = packed.problem
            self.abort()
        elif self._out and not self.problem:
            self._do(self._out.append, packed.value)

    def close(self) -> None:
        """Put it in place."""
        if self._out and not self.problem:
            self._do(self._out.close)

    def abort(self) -> None:
        """Leave what was there before; nothing when it is closed."""
        if self._out:
            with suppress(Exception):
                self._out.abort()

    def _open(self) -> None:
        self._out = stream(self.output.to).open(self.output.target)

    def _do(self, step: Callable[..., object], *given: object) -> None:
        try:
            step(*given)
        except OSError as error:
            target = self.output.target
            self.problem = f"cannot write {target}: {error.strerror or str(error).removeprefix(f'{target}: ')}"
            if error.errno in DISK or "full" in str(error):
                self.problem += "; make room and give the same command again: what was read is kept"
        except Exception as error:
            self.problem = str(error) or type(error).__name__
        if self.problem:
            self.abort()


def check(to: str, target: Path) -> None:
    """What keeps an output from being written is better told now than after hours of work."""
    target.parent.mkdir(parents=True, exist_ok=True)
    stream(to).open(target).abort()
