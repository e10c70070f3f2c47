"""Office files protected by a password: decrypted in memory, then read like any other."""

from __future__ import annotations

import io

from ..errors import MissingExtra, UnreadableFile
from ..limits import Budget, ReadOptions
from ..source import RawDoc

_UNASKED = "VelvetSweatshop"
"""Excel encrypts a workbook that is only protected against changes with this password, and opens it unasked."""


def read_protected(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The document in an encrypted file. Raises UnreadableFile when the password is missing or wrong."""
    name = budget.name or "the input"
    try:
        import msoffcrypto
    except ImportError as error:
        raise MissingExtra(
            f"{name} is protected by a password; to open it: python -m pip install 'policyparse[password]'"
        ) from error
    out = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=_UNASKED if options.password is None else options.password)
        office.decrypt(out)
    except Exception as error:  # the library raises whatever its parsers raise
        if options.password is None:
            raise UnreadableFile(
                f"{name} is protected by a password: give it as password=… (--password), or save the file without one"
            ) from error
        raise UnreadableFile(f"{name} cannot be opened with this password: {error}") from error
    from . import read

    return read(out.getvalue(), budget.name, ReadOptions(None, options.ocr, options.limits))
