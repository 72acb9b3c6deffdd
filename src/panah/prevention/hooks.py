"""What prevention registers with rooms below it."""
