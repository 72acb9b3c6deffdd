"""Tables of statistics read as figures: what a cell says, what a table's columns mean, what changed since. Plain Python."""
