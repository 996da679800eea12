"""The simulator: the operation of any area of Indonesia, with known faults, as two exports and their truth."""

from kawal_cli.simulate.area import CannotSimulate
from kawal_cli.simulate.faults import FAULTS
from kawal_cli.simulate.operation import Simulated, run

__all__ = ["FAULTS", "CannotSimulate", "Simulated", "run"]
