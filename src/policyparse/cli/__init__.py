"""The command line: convert, ledger, show, check, schema, eval.

Exit codes: 0 all well, 1 some input failed, 2 usage, 130 and 143 stopped by Ctrl-C and SIGTERM.

Modules are imported inside the commands, so that `policyparse --help` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import __version__
from ..errors import PolicyParseError
from ..export import OUTPUTS
from .options import ledger_options, options_from, reading_options, run_options, settings_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..batch.jobs import Job
    from ..model import PolicyDocument

_FORMATS = "; ".join(f"{name}: {output.about}" for name, output in OUTPUTS.items())


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policyparse")
def main() -> None:
    """Turn Chinese official documents (公文) into typed, sourced facts."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console's code page may lack Chinese characters
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder (or file) to write to.")
@click.option(
    "--to",
    multiple=True,
    type=click.Choice(list(OUTPUTS)),
    show_default="json, or what the name of -o says",
    help=_FORMATS + ".",
)
@run_options
@reading_options
def convert(paths: tuple[str, ...], output: Path, to: tuple[str, ...], **given: Any) -> None:
    """Convert files, folders, glob patterns and archives (zip, tar); - reads a list of files from standard input.

    The output mirrors the input's folders: OUT/<file name>.json; an archive is a folder of its members. Where there is
    one input file and one format, -o may name the output file itself (-o 通知.json). Several formats: --to once for
    each (--to json --to xlsx). Outputs of all documents together keep the documents of earlier runs that are not among
    the inputs. A document whose outputs are there already, made from the same bytes by the same version with the same
    options, is skipped. No file stops the others; OUT/report.jsonl tells what became of each, OUT/summary.txt the same
    in short. Ctrl-C stops the run; the same command goes on from there.

    Limits (--max-…, defaults in brackets) take numbers like 500, 64M or 1.5G.
    """
    from ..batch import inputs
    from ..batch import run as batch
    from ..batch.pool import PoolBroken
    from ..batch.pool_worker import memory_is_bounded
    from ..batch.progress import Progress
    from .run import Stop, check_paths, started

    check_paths(paths)
    settings = settings_from(given)
    if settings.memory and memory_is_bounded() == "none":
        click.echo("--memory has no effect: this system does not say how much memory a process has", err=True)
    try:
        places = batch.Places.of(output, to, inputs.is_one_file(paths))
    except PolicyParseError as error:
        raise click.UsageError(str(error)) from error
    with Stop() as stop, batch.Archives(settings) as archives, Progress(lambda: inputs.count(paths)) as progress:
        try:
            jobs = started(inputs.find_jobs(paths, places.written, settings.options, listing=archives))
            totals = batch.convert(jobs, places, settings, tell=progress.tell, stopped=stop)
        except (PolicyParseError, PoolBroken, OSError) as error:
            raise click.ClickException(f"cannot write {output}: {error}") from error
    for line in totals.lines(inputs.shown(output)):
        click.echo(line, err=True)
    click.echo(f"report: {inputs.shown(places.report)}", err=True)
    sys.exit(stop.code or totals.code)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The ledger: a name ending in .xlsx or .csv."
)
@ledger_options
@reading_options
def ledger(paths: tuple[str, ...], output: Path, force: bool, **given: Any) -> None:
    """Make the task ledger (任务台账) of files, folders, glob patterns and archives; - reads a list of files.

    xlsx: a workbook with the sheets 任务总表 (all tasks), 按单位 (by unit), 时间表 (phases and deadlines by date),
    领导小组 and 待核对 (what to check by hand, and the files that could not be read), ready to be printed. csv: the
    first of them. A document that is there twice, in whatever format, is counted once. No file stops the others.

    A ledger that is there already is never replaced without --force. Ctrl-C stops the run; the same command goes on
    from there. Limits (--max-…, defaults in brackets) take numbers like 500, 64M or 1.5G.
    """
    from ..batch import inputs
    from ..batch import run as batch
    from ..batch.pool import PoolBroken
    from ..batch.progress import Progress
    from .make_ledger import LedgerRun, check
    from .run import Stop

    check(output, force)
    settings = settings_from(given)
    run = LedgerRun(output, force)
    with Stop() as stop, batch.Archives(settings) as archives, Progress(lambda: inputs.count(paths)) as progress:
        try:
            totals = run.read(paths, settings, archives, progress, stop)
            if not totals.ended:
                run.write()
        except (PolicyParseError, PoolBroken, OSError) as error:
            raise click.ClickException(f"cannot write {output}: {error}") from error
    for line in run.lines(totals):
        click.echo(line, err=True)
    sys.exit(stop.code or totals.code)


_FILE = click.argument("file", type=click.Path(path_type=Path))


class _Documents:
    """The documents in a file, which may be an archive. A failure is a message at once, and exit code 1 in the end."""

    def __init__(self, file: Path, given: dict[str, Any]) -> None:
        self._file, self._options = file, options_from(given)
        self.read = self.failed = 0

    def __iter__(self) -> Iterator[tuple[Job, PolicyDocument]]:
        from ..batch.inputs import find_files
        from ..batch.run import read_each

        for job, document, reason in read_each(find_files(self._file, self._options), self._options):
            if document is None:
                click.echo(f"failed: {job.told(reason)}", err=True)
                self.failed += 1
            else:
                self.read += 1
                yield job, document

    def leave(self) -> None:
        """End the command."""
        sys.exit(1 if self.failed else 0)


@main.command()
@_FILE
@reading_options
def show(file: Path, **given: Any) -> None:
    """Print what FILE says, for a person to read. Of an archive, each document under its name."""
    from ..show import plain, pretty, rows

    documents = _Documents(file, given)
    for job, document in documents:
        if job.member:
            click.echo(("\n" if documents.read > 1 else "") + f"==== {job.shown} ====")
        if sys.stdout.isatty():
            pretty(rows(document))
        else:
            plain(rows(document), sys.stdout)
    documents.leave()


@main.command()
@_FILE
@reading_options
def check(file: Path, **given: Any) -> None:
    """Print the diagnostics of FILE: what a careful reader would flag, with its place."""
    from ..show import place

    total = 0
    documents = _Documents(file, given)
    for job, document in documents:
        for d in document.diagnostics:
            where = place(document, d)
            click.echo(f"{job.shown}: {where + ': ' if where else ''}{d.severity}: {d.message} [{d.code}]")
        total += len(document.diagnostics)
    if documents.read:
        click.echo(f"{total} diagnostic{'s' if total != 1 else ''}", err=True)
    documents.leave()


@main.command()
def schema() -> None:
    """Print the JSON Schema of the output."""
    import json

    from ..schema import schema as make

    click.echo(json.dumps(make(), ensure_ascii=False, indent=2))


@main.command("eval")
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("pred", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", default="", metavar="ID[,ID]", help="Only these documents.")
@click.option("--per-doc", is_flag=True, help="The fields of each document that are not all right.")
@click.option("--errors", metavar="FIELD", help="What is missing (-) and what is extra (+) in FIELD, by document.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def evaluate(gold: Path, pred: Path, only: str, per_doc: bool, errors: str | None, as_json: bool) -> None:
    """Compare the JSON files in PRED with the annotations in GOLD: precision, recall and F1 of each field."""
    import json

    from .. import evaluate as e

    if errors and errors not in e.FIELDS:
        raise click.UsageError(f"no such field: {errors}; fields: {', '.join(e.FIELDS)}")
    result = e.evaluate(gold, pred, [i for i in only.split(",") if i])
    if not result.documents:
        raise click.UsageError(f"no gold file in {gold}" + (f" has one of the ids {only}" if only else ""))
    for line in (*(e.error_lines(result, errors) if errors else ()), *(e.document_lines(result) if per_doc else ())):
        click.echo(line)
    click.echo(json.dumps(result.as_json(), indent=1) if as_json else "\n".join(e.report_lines(result)))
