"""What model registers with rooms below it."""
