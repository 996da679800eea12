"""Kawal, the mission: every ballot box accounted for, every hour guarded, and anyone can check.

Pure Python: nothing in this package touches a disk, a network, a clock or dice. Time and ids are arguments.
"""
