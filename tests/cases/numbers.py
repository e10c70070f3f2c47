"""`normalized` of every number found, with the part of the input it covers when that is written differently."""

from policyparse.numbers import find_numbers


def read(given: str) -> list[str]:
    return [
        n.normalized
        + (" restored" if n.restored else "")
        + (f" <- {w}" if (w := given[n.start : n.end]) != n.normalized else "")
        for n in find_numbers(given)
    ]
