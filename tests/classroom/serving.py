"""A server in a thread of the test, on a free port of this machine."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sim.ui.web.serve import listening, server

# For clients, which else read the certificates of the whole world, each time, for plain HTTP.
NO_CERTIFICATES: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
PATIENCE: Final = 60.0  # seconds a client waits for an answer; only a test that fails waits so long


@contextmanager
def serving(app: Any, port: int = 0) -> Iterator[str]:
    """Serves an app, at a free port if none is named; gives its address."""
    with listening("127.0.0.1", port) as sock:
        running = server(app)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [sock]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.005)
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        running.should_exit = True
        thread.join()
