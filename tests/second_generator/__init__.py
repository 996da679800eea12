"""A second, independent source of ballot-box logs, with bad data and known faults."""

from .bad_data import BadData
from .faults import FAULTS
from .generator import generate
from .truth import Truth

__all__ = ["FAULTS", "BadData", "Truth", "generate"]
