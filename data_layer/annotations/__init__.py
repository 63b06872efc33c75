"""Notes that people leave on sessions, planes, panels and cells; only ever added to."""
