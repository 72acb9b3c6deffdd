"""What volunteers registers with rooms below it."""
