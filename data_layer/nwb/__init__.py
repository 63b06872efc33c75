"""Reads NWB files as sessions with AllenSDK's attribute names; only this package opens HDF5."""
