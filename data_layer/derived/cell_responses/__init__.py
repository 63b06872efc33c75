"""The responses of a cell, computed from its trace and the times of task events."""
