"""Rehearse a behavioural interview aloud, offline, with every STAR step timed."""

__version__ = "0.1.0"
