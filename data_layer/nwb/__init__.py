"""NWB files as sessions with AllenSDK's attribute names; the only place that opens HDF5."""
