"""People's notes on sessions, planes, panels and cells; notes are added, never changed."""
