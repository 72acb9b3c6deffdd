"""What this room registers with rooms below it."""
