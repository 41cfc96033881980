"""A fault in the program: a file for whoever mends it, a line for whoever meets it."""

import sys
from pathlib import Path

import sim


def report(error: Exception, lang: str) -> str:
    """Saves the traceback; returns the line that says where."""
    import os
    import tempfile
    import time
    import traceback

    from sim.paths import user_dir

    text = f"rapport {sim.__version__}, Python {sys.version}, {sys.platform}\n{sys.argv}\n\n"
    text += "".join(traceback.format_exception(error))
    name = time.strftime(f"fault-%Y%m%d-%H%M%S-{os.getpid()}.txt")
    try:
        path = user_dir() / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError:  # no home, a full disk: the second best place
        path = Path(tempfile.gettempdir()) / name
        path.write_text(text, encoding="utf-8")
    kind = type(error).__name__
    if lang == "zh":
        return f"程序内部出错（{kind}）。详情已存到 {path}，报告问题时请附上它。"
    return f"A fault in the program ({kind}). Please report it with this file: {path}"
