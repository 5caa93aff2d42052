"""`python -m studio` is the `voice-studio` command."""

import sys

from studio.main import main

sys.exit(main())
