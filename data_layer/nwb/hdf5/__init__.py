"""What is asked of HDF5 before anything of a file is read: links, storage, sizes, attributes."""
