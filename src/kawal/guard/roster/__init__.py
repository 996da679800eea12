"""The roster: who guards which post when, planned by rules that are data, checked by a module that plans nothing."""
