"""Programs that work on the project itself, called by ./panah and by CI alike."""
