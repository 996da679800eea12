"""Personel & perangkat: who carries which key, how it stands, and how it comes and goes."""
