"""Print the data dictionary: `python -m pipelines.schema > data/README.md`."""

import sys

from pipelines.schema.dictionary import dictionary

sys.stdout.write(dictionary())
