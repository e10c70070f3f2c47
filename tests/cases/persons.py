"""Cases of persons: each line as `person | post`, `-` for none; a line that starts with ? asks is_person."""

from policyparse.persons import is_person, split_name_post


def read(given: str) -> list[str]:
    found = []
    for line in given.split("\n"):
        if line.startswith("?"):
            found.append("yes" if is_person(line[1:]) else "no")
        elif line.strip():
            person, post = split_name_post(line)
            found.append(f"{person or '-'} | {post or '-'}")
    return found
