"""What a cell answers to: from its trace and the times of task events."""
