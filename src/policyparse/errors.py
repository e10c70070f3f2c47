"""The errors that callers may see. Anything else that escapes is a bug in policyparse."""

from __future__ import annotations


class PolicyParseError(Exception):
    """The input could not be turned into a document. The message says what is wrong and what to do."""


class UnreadableFile(PolicyParseError):
    """The file is missing, empty of content, damaged, or not what its name says."""


class UnsupportedFormat(PolicyParseError):
    """No reader of this installation knows the format of the file."""


class MissingExtra(PolicyParseError):
    """The format needs an optional dependency; the message holds the pip command that installs it."""


class LimitExceeded(PolicyParseError):
    """The file is larger or more deeply nested than the limits in force allow."""
