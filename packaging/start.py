"""Where the bundle begins: the command line, or a process that the program started itself."""

import multiprocessing
import sys

from sim.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # grades and reviews are worked out in a second process
    sys.exit(main())
