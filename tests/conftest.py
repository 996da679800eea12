"""What holds for every test: no deadline on a shared machine, and a failing example that can be run again."""

from hypothesis import settings

settings.register_profile("kawal", deadline=None, print_blob=True)
settings.load_profile("kawal")
