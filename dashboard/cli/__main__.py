"""Starts ``vbdash``; while modules are imported, Ctrl-C ends it in silence, as ``kill`` does."""

from signal import SIG_DFL, SIGINT, signal


def main() -> int:
    """Run the command line; returns the exit status."""
    signal(SIGINT, SIG_DFL)
    from dashboard.cli.command_line import main as run

    return run()


if __name__ == "__main__":
    raise SystemExit(main())
