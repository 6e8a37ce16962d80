"""`python -m csto_membership` is the command line."""

import sys

from csto_membership.cli import main

sys.exit(main())
