"""``make release``: a version, its changelog, and a wheel that has been tried."""
