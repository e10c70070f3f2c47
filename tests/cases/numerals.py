"""`read`: the number written, or nothing."""

from policyparse.numerals import to_int


def read(given: str) -> list[str]:
    return [f"{word} = {to_int(word)}" for word in given.split()]
