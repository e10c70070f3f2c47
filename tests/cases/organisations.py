"""`split <list>` (default), `cell <list>` with white space as separator, `is <name>`: units as name[full name]."""

from policyparse.organisations import is_organisation, split_units


def read(given: str) -> list[str]:
    given = given.rstrip("\n")
    command, _, rest = given.partition(" ")
    if command == "is":
        return ["yes" if is_organisation(rest) else "no"]
    spaces = command == "cell"
    units = split_units(rest if spaces else given, spaces=spaces)
    return [u.name + (f"[{u.full_name}]" if u.full_name else "") for u in units]
