"""A docx with a password is an OLE file with the encrypted package in it."""

from __future__ import annotations

import io

from ...errors import MissingExtra, UnreadableFile
from ...limits import Budget, ReadOptions

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def decrypted(data: bytes, options: ReadOptions, budget: Budget) -> bytes:
    """The package inside, by the password in `options`."""
    name = budget.name or "the input"
    if options.password is None:
        raise UnreadableFile(f"{name} is encrypted: a password is needed to read it (password=… or --password)")
    try:
        import msoffcrypto
    except ImportError as error:
        raise MissingExtra(
            f"{name} is encrypted; to read it with its password: pip install 'policyparse[password]'"
        ) from error
    out = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=options.password)
        file.decrypt(out)
    except Exception as error:  # the library raises whatever a broken container makes it raise
        raise UnreadableFile(f"{name} cannot be decrypted: wrong password or damaged file ({error})") from error
    return out.getvalue()
