"""The dashboard in Jupyter: an entry of its launcher, and sessions in the cells of a notebook."""
