"""Where the frozen program starts, and each of its worker processes: the program's file is its own Python."""

from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()  # a worker goes on from here and never comes back

    import os
    import sys
    from contextlib import suppress

    # The bootloader starts Python without its environment variables; this one an office may need for its files.
    encoding, _, errors = os.environ.get("PYTHONIOENCODING", "").partition(":")
    for stream in (sys.stdin, sys.stdout, sys.stderr) if encoding else ():
        with suppress(LookupError, AttributeError):
            stream.reconfigure(encoding=encoding, errors=errors or None)  # type: ignore[union-attr] # suppressed above

    from jieyue_cli.__main__ import main

    main()
