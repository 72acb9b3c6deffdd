"""What the register of figures registers with rooms below it."""
