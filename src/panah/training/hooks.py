"""What training registers with rooms below it."""
