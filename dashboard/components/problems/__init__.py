"""What a page says where a part of a file cannot be read."""
