"""Moved to kawal_machine.regions; kept while others still name it here."""

from kawal_machine.regions import VERSION, LokalCodes, official_codes

__all__ = ["VERSION", "LokalCodes", "official_codes"]
