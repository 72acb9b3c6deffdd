"""Tables of statistics read as figures: what a cell says, what columns mean, what changed since. Plain Python."""
