"""What is computed from a session's attributes: pure numpy and pandas, one topic a module."""
