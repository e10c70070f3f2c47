"""`python -m policyparse` is `policyparse`."""

from .cli import main

main(prog_name="policyparse")
