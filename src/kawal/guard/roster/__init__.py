"""The roster: who guards which post when, planned within rules that are data, checked by a module that plans nothing."""
