"""`python -m rehearse` is `rehearse`."""

from rehearse.cli import main

main()
