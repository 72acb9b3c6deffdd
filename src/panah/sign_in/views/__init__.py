"""The pages of the vault room: the doors, the ceremony, the colleagues."""
