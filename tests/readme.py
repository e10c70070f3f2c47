"""The README's excerpts are real: `python -m tests.readme` writes them anew, a test compares.

An excerpt is a fenced block under a comment: `<!-- output: policyparse show FILE | 20 lines from Phases -->` (a command
of this package, maybe cut), `<!-- shell -->` (commands after `$`, run in a folder with `corpora` and `examples`), or
`<!-- session -->` (a Python session).
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from click.testing import CliRunner

from policyparse.cli import main as policyparse

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", ROOT / "README.zh.md")
_EXCERPT = re.compile(r"(<!-- (?P<what>output: [^\n]+|shell|session) -->\n```\w*\n)(?P<body>.*?)(?=^```$)", re.S | re.M)


def renewed(page: str) -> str:
    """The page with every excerpt as it is now."""
    return _EXCERPT.sub(lambda m: m[1] + _now(m["what"], m["body"]), page)


def _now(what: str, body: str) -> str:
    if what == "shell":
        return shell(body)
    return session(body) if what == "session" else command(what.removeprefix("output: "))


def command(line: str) -> str:
    """What a command of this package prints, cut to `| COUNT lines` or `| COUNT lines from START`."""
    run, _, cut = line.partition(" | ")
    count, _, start = cut.partition(" lines")
    printed = CliRunner().invoke(policyparse, shlex.split(run)[1:], catch_exceptions=False).stdout.splitlines()
    first = next(i for i, x in enumerate(printed) if x.startswith(start.removeprefix(" from ")))
    return "".join(f"{x}\n" for x in printed[first : first + int(count or len(printed))])


def shell(body: str) -> str:
    """The commands of `body` with what they print now."""
    programs = {"policyparse": str(Path(sys.executable).with_name("policyparse")), "python": sys.executable}
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("corpora", "examples"):
            shutil.copytree(ROOT / name, Path(folder, name))
        for line in (x for x in body.splitlines() if x.startswith("$ ")):
            program, *rest = shlex.split(line[2:])
            done = subprocess.run(
                [programs[program], *rest],
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                check=False,
            )
            lines += [line, *done.stdout.splitlines()]
    return "".join(f"{x}\n" for x in lines)


def session(body: str) -> str:
    """The session's inputs with what they print now."""
    names: dict[str, object] = {}
    lines: list[str] = []
    for example in doctest.DocTestParser().get_examples(body):
        first, *more = example.source.splitlines()
        lines += [f">>> {first}", *(f"... {x}" for x in more)]
        with redirect_stdout(io.StringIO()) as out:
            exec(compile(example.source, "<session>", "single"), names)
        lines += out.getvalue().splitlines()
    return "".join(f"{x}\n" for x in lines)


def main() -> None:
    """Write every page anew."""
    os.chdir(ROOT)
    for page in PAGES:
        page.write_text(renewed(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
