"""Makes a folder that starts without Python: `python3 packaging/build_folder.py [--out FOLDER]`.

PyInstaller can only build for the system that it runs on; so run this on each one. Needs the
dependency group `packaging`. docs/install.md says how to use what it makes.
"""

import argparse
import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "rapport"
# What a developer's environment has beside the program; some of it is imported where present.
EXCLUDED = (
    *("IPython", "PIL", "attr", "dicebear_core", "distributed", "hypothesis", "lxml", "matplotlib"),
    *("mesa", "mypy", "pandas", "pip", "pkg_resources", "pytest", "scipy", "setuptools", "sympy"),
    *("tkinter", "uharfbuzz", "numpy.f2py", "numpy.testing"),
)


def arguments_of_pyinstaller(out: Path, work: Path) -> list[str]:
    """The command line of PyInstaller.

    Args:
        out: The folder in which the folder `rapport` appears.
        work: For files that only the build needs.
    """
    data = {
        ROOT / "scenarios": "sim/_data/scenarios",
        **{path: f"sim/_data/assets/{path.name}" for path in shipped_folders()},
        ROOT / "assets" / "LICENSES.md": "sim/_data/assets",
        ROOT / "LICENSE": ".",
        ROOT / "sim" / "view" / "*.json": "sim/view",
        ROOT / "sim" / "scenario" / "messages" / "why" / "*.yaml": "sim/scenario/messages/why",
        ROOT / "sim" / "ui" / "report" / "*.css": "sim/ui/report",
        ROOT / "sim" / "classroom" / "*.json": "sim/classroom",
        ROOT / "sim" / "ui" / "web" / "static": "sim/ui/web/static",
        ROOT / "sim" / "ui" / "web" / "templates": "sim/ui/web/templates",
    }
    return [
        *("--onedir", "--noconfirm", "--name", NAME, "--log-level", "WARN"),
        *("--distpath", str(out), "--workpath", str(work), "--specpath", str(work)),
        *("--paths", str(ROOT), "--python-option", "X utf8=1"),
        # Windows: one program for window and terminal; started by a click, its console steps aside.
        *(("--hide-console", "minimize-late") if sys.platform == "win32" else ()),
        *(("--icon", str(icon)) if (icon := icon_of(sys.platform)) else ()),
        *(part for name in EXCLUDED for part in ("--exclude-module", name)),
        *(part for path, to in data.items() for part in ("--add-data", f"{path}{os.pathsep}{to}")),
        str(ROOT / "packaging" / "start.py"),
    ]


def shipped_folders() -> list[Path]:
    """The folders of `assets/` that the program reads; the scripts that made them stay behind."""
    folders = (path for path in (ROOT / "assets").iterdir() if path.is_dir())
    return sorted(path for path in folders if path.name != "build")


def icon_of(platform: str) -> Path | None:
    """The application icon in the format of a system; None where programs carry none."""
    name = {"win32": "icon.ico", "darwin": "icon.icns"}.get(platform)
    return ROOT / "assets" / "app" / name if name else None


def build(out: Path) -> Path:
    """Builds; returns the program in the finished folder."""
    from PyInstaller.__main__ import run

    with tempfile.TemporaryDirectory() as work:
        run(arguments_of_pyinstaller(out, Path(work)))
    return out / NAME / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder; a link to one of them is none."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def main() -> int:
    """Builds the folder, and packs it if asked."""
    parser = argparse.ArgumentParser(description="Build a folder that starts without Python.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where (default: dist)")
    parser.add_argument("--archive", action="store_true", help="also pack it for passing on")
    arguments = parser.parse_args()
    if find_spec("PyInstaller") is None:
        print("PyInstaller is missing: python3 run.py setup packaging", file=sys.stderr)
        return 2
    program = build(arguments.out.resolve())
    print(f"{program}: {size_of(program.parent) / 1e6:.0f} MB with all that it needs")
    if arguments.archive:
        kind = "zip" if sys.platform == "win32" else "gztar"
        packed = shutil.make_archive(str(program.parent), kind, program.parent.parent, NAME)
        print(f"{packed}: {Path(packed).stat().st_size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
