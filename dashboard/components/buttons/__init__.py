"""Buttons that several pages have."""
