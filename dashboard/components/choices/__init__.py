"""Controls that choose: rows of buttons, names for them, and their values in the address."""
