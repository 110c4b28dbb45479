"""Errors that a user can act on, and the exit codes that scripts rely on."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns; part of the outside contract."""

    DONE = 0
    USAGE = 2
    BAD_INPUT = 3
    MISSING = 4
    DISK = 5
    INTERRUPTED = 130


class RehearseError(Exception):
    """Something went wrong that the user can mend.

    The message is shown as it is: what happened, where, and what to do.
    """

    exit_code = ExitCode.BAD_INPUT


class UsageError(RehearseError):
    """The command line asks for something that does not exist, such as an unknown level."""

    exit_code = ExitCode.USAGE


class BadInputError(RehearseError):
    """A scenario, a recording or a session cannot be used as it is."""

    exit_code = ExitCode.BAD_INPUT


class MissingError(RehearseError):
    """A model, device or voice is not there; the message says what to install or run."""

    exit_code = ExitCode.MISSING


class DeviceLostError(MissingError):
    """A device vanished while it was in use; what it recorded is kept."""


class DiskError(RehearseError):
    """Writing failed: full disk, no permission."""

    exit_code = ExitCode.DISK
