"""`python -m policyparse.cli`"""

from . import main

main()
