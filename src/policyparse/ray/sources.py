"""Inputs of any file system: found by the process that starts a run, read by the workers wherever they are."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..batch.inputs import find_jobs, told_apart
from ..batch.jobs import Content, Contents, Job, shown
from ..errors import PolicyParseError, UnreadableFile
from ..export.arrow import arrow
from ..export.writer import need
from ..limits import Budget, ReadOptions

if TYPE_CHECKING:
    from pyarrow.fs import FileInfo, FileSystem

_LOCAL = ("file", "local")
BUCKETS = ("s3", "gcs", "abfs")
"""File systems whose paths begin with a bucket. On them a file is there when it is whole, or not at all."""
_BLOCK = 1 << 20
_USER = re.compile(r"://[^/@]*@")
"""Keys in an address (s3://KEY:SECRET@bucket) are none of the report's business."""


@dataclass(frozen=True, slots=True)
class Away(Job):
    """A file that is not where its name says: one of another file system, a copy of it on the local disk, or one whose
    name counts from the folder of the process that starts the run."""

    url: str = ""
    """Its name or address, for a person."""
    key: str = ""
    """Its path as its file system takes it (`source` is the same as a path, and may be spelt otherwise); empty when
    `source` is on the local disk."""

    @property
    def shown(self) -> str:
        """Where it stands, for a person."""
        return "/".join((self.url, *self.member))


@dataclass(frozen=True, slots=True)
class Held(Job):
    """A file whose bytes are here already."""

    data: bytes = b""


class Input(NamedTuple):
    """A file of the input, and what tells whether it has changed."""

    job: Job
    size: int = -1
    modified: int = -1
    """Nanoseconds, or -1."""


class Place(NamedTuple):
    """A path on a file system."""

    filesystem: FileSystem | None
    """Null: the local one."""
    path: str
    prefix: str
    """What makes an address of the paths of this file system: s3://, hdfs://host:8020."""


def located(path: str | Path, filesystem: FileSystem | None = None) -> Place:
    """Which file system a path or address (s3://…, hdfs://…, gs://…) names. Raises PolicyParseError for a wrong one."""
    arrow()
    fs: Any = need("pyarrow.fs", "ray")
    name = str(path)
    if filesystem is None and "://" in name:
        try:
            filesystem, key = fs.FileSystem.from_uri(name)
        except (OSError, ValueError) as error:
            raise PolicyParseError(f"{name}: {error}") from error
        prefix = _USER.sub("://", name.partition("?")[0].rstrip("/").removesuffix(key.rstrip("/")))
    elif "://" in name and filesystem is not None:
        scheme, _, rest = name.partition("://")
        host, _, path = rest.partition("/")
        key = rest if filesystem.type_name in BUCKETS else f"/{path}"
        prefix = f"{scheme}://" if key == rest else f"{scheme}://{host}"
    else:
        key, prefix = name, ""
    if filesystem is None or filesystem.type_name in _LOCAL:
        return Place(None, key, "")
    return Place(filesystem, key.rstrip("/"), prefix)


def find(paths: Iterable[str | Path], filesystem: FileSystem | None, output: Place | None) -> Iterator[Input]:
    """The files that `paths` name, each with its place below the input; archives are not opened. In a fixed order."""
    places = [located(path, filesystem) for path in paths]
    if all(p.filesystem is None for p in places):
        written = Path(output.path) if output and output.filesystem is None else ()
        jobs = find_jobs([p.path for p in places], written, listing=lambda path: None)
        yield from (_stamped(_anchored(job)) for job in jobs)
        return
    if any(p.filesystem is None or p.filesystem != places[0].filesystem for p in places):
        raise PolicyParseError("the paths lie on different file systems: give each a run and an output of its own")
    infos: dict[str, FileInfo] = {}
    files = (job for place in places for job in _listed(place, output, infos))
    for job in files if len(places) == 1 else told_apart(files, lambda path: None):
        info = infos.pop(job.key, None) if isinstance(job, Away) else None
        yield Input(job, info.size or 0, info.mtime_ns or -1) if info else Input(job)


def _anchored(job: Job) -> Job:
    """The job as every process can read it, whatever folder it stands in."""
    if job.source.is_absolute():
        return job
    return Away(job.source.absolute(), job.relative, job.problem, job.member, job.left_out, url=job.shown)


def _stamped(job: Job) -> Input:
    try:
        found = job.source.stat()
    except OSError:  # reading it will say why
        return Input(job)
    return Input(job, found.st_size, found.st_mtime_ns)


def _listed(place: Place, output: Place | None, infos: dict[str, FileInfo]) -> Iterator[Away]:
    """A file, or those below a folder; hidden ones and the output left out, as in local folders."""
    fs: Any = need("pyarrow.fs", "ray")
    assert place.filesystem is not None
    found = place.filesystem.get_file_info(place.path)
    if found.type != fs.FileType.Directory:
        problem = None if found.type == fs.FileType.File else "no such file or folder"
        if problem and glob.has_magic(place.path):
            problem += " (patterns are for local paths; name a folder)"
        infos[found.path] = found
        yield _away(place, found.path, Path(found.path).name, problem)
        return
    below = [i for i in _walked(place.filesystem, place.path) if i.type == fs.FileType.File]
    written = output.path + "/" if output and output.filesystem == place.filesystem else None
    for info in sorted(below, key=lambda i: i.path):
        relative = info.path.removeprefix(place.path).lstrip("/")
        hidden = any(part.startswith(".") for part in relative.split("/")) or Path(relative).name.startswith("~$")
        if not hidden and not (written and info.path.startswith(written)):
            infos[info.path] = info
            yield _away(place, info.path, relative, None)


def _walked(filesystem: FileSystem, path: str) -> Any:
    fs: Any = need("pyarrow.fs", "ray")
    try:
        return filesystem.get_file_info(fs.FileSelector(path, recursive=True))
    except OSError as error:
        raise UnreadableFile(f"cannot list {path}: {error}") from error


def _away(place: Place, key: str, relative: str, problem: str | None) -> Away:
    return Away(Path("/", key), Path(relative), problem, url=place.prefix + key, key=key)


class Anywhere(Contents):
    """The bytes of jobs of all kinds."""

    def __init__(self, options: ReadOptions, filesystem: FileSystem | None) -> None:
        super().__init__(options)
        self._limits, self._filesystem = options.limits, filesystem
        self.unread = False
        """The file system did not give what was asked for last: another time it may."""

    def read(self, job: Job) -> Content:
        """Raises OSError, or a PolicyParseError that says what is wrong."""
        self.unread = False
        if isinstance(job, Held):
            Budget(self._limits, job.name).check("bytes", len(job.data))
            return Content(job.data)
        try:
            if isinstance(job, Away) and job.key and not job.problem:
                return Content(self._fetched(job))
            return Contents.read(self, job)
        except ValueError as error:  # a name that arrow does not take
            raise UnreadableFile(f"cannot read this path: {error}") from error
        except OSError:
            self.unread = True
            raise

    def _fetched(self, job: Away) -> bytes:
        budget = Budget(self._limits, job.name)
        with opened(self._filesystem, job.key) as file:
            blocks: list[bytes] = []
            size = 0
            while block := file.read(_BLOCK):
                size += len(block)
                budget.check("bytes", size)
                blocks.append(block)
        return b"".join(blocks)


def opened(filesystem: FileSystem | None, key: str) -> Any:
    """The bytes as they are (arrow would unpack a name that ends in .gz). Raises OSError."""
    assert filesystem is not None
    return filesystem.open_input_stream(key, compression=None)


def fetch(filesystem: FileSystem | None, job: Away, copy: Path) -> None:
    """Copy a file to the local disk. Raises OSError."""
    with opened(filesystem, job.key) as file, copy.open("wb") as out:
        while block := file.read(_BLOCK):
            out.write(block)


def place_of(job: Job) -> str:
    """Its place below the input: column `path` of the table documents."""
    return shown(job.relative)
