"""What the library registers with rooms below it."""
