"""A YAML language server without an editor: the one that Visual Studio Code's extension brings.

It is installed by npm once, into a folder of the user's cache, and spoken with over stdio.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

VERSION = "1.25.0"
PATIENCE = 60.0  # seconds; only a test that fails waits so long
_SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "disableDefaultProperties": True,
    }
}


def installed() -> Path | None:
    """The server's script, installed if need be; None where there is no npm."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return None
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "rapport-tests" / f"yaml-language-server-{VERSION}"
    script = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    if not script.exists():
        folder.mkdir(parents=True, exist_ok=True)
        words = ["install", "--no-audit", "--no-fund", "--prefix", str(folder)]
        command = [npm, *words, f"yaml-language-server@{VERSION}"]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return script


class LanguageServer:
    """A server that has been told of its settings.

    Attributes:
        told: What it has said of its own accord, by method, the newest last.
    """

    def __init__(self, script: Path, folder: Path, locale: str) -> None:
        """Starts.

        Args:
            script: Of the server.
            folder: The one that is open in the editor.
            locale: Of the editor, `en` or `zh-cn`.
        """
        self.process = subprocess.Popen(
            ["node", str(script), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.told: list[Mapping[str, Any]] = []
        self._last = 0
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": True}},
                "publishDiagnostics": {"relatedInformation": True},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": folder.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
                "capabilities": capabilities,
                "locale": locale,
            },
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": _SETTINGS})

    def open(self, file: Path) -> None:
        """Opens a file as an editor does."""
        document = {
            "uri": file.as_uri(),
            "languageId": "yaml",
            "version": 1,
            "text": file.read_text("utf-8"),
        }
        self.tell("textDocument/didOpen", {"textDocument": document})

    def problems(self, file: Path) -> list[dict[str, Any]]:
        """What it says of a file that has been opened."""
        wanted = "textDocument/publishDiagnostics"
        while True:
            for message in reversed(self.told):
                parameters = message["params"]
                if message["method"] == wanted and parameters["uri"] == file.as_uri():
                    found: list[dict[str, Any]] = parameters["diagnostics"]
                    return found
            self._hear()

    def at(self, method: str, file: Path, line: int, column: int) -> Any:
        """Asks about a position, both from 0."""
        return self.ask(
            f"textDocument/{method}",
            {
                "textDocument": {"uri": file.as_uri()},
                "position": {"line": line, "character": column},
            },
        )

    def ask(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """Waits for an answer; answers what it is asked meanwhile."""
        self._last += 1
        number = self._last
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._hear()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, parameters: Mapping[str, Any]) -> None:
        """Says something that wants no answer."""
        self._send({"method": method, "params": parameters})

    def close(self) -> None:
        """Ends the server."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        """The next message; a question of the server is answered at once."""
        stream = self.process.stdout
        assert stream is not None
        length = 0
        while (line := stream.readline().strip()) or not length:
            assert line, "the server has ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(stream.read(length))
        if "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        elif "method" in message:
            self.told.append(message)
        return message

    @staticmethod
    def _answer(message: Mapping[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        items = message["params"]["items"]
        return [_SETTINGS.get(item.get("section", "")) for item in items]
