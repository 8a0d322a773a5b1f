"""The way in from a shell: `assetpkg` and `python -m assetpkg`."""

import sys


def main() -> None:
    """Run the command line; the version is told without loading it."""
    if sys.argv[1:] == ["--version"]:
        from assetpkg import __version__

        sys.stdout.write(f"assetpkg {__version__}\n")
        return
    from assetpkg.cli import run

    run()


if __name__ == "__main__":
    main()
