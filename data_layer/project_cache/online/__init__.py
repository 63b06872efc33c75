"""A release in object storage: its manifests and files are fetched into a cache directory."""
