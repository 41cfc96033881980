"""A server in a thread of the test, on a free port of this machine."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sim.ui.web.serve import listening, server


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serves an app; gives its address."""
    with listening("127.0.0.1", 0) as sock:
        running = server(app)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.005)
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        running.should_exit = True
        thread.join()
