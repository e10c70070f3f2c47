"""Attachments (附件, §7.3.4 and §7.3.7) from the 附件说明 and from the headings of the annexes themselves."""

from .read import extract_attachments

__all__ = ["extract_attachments"]
