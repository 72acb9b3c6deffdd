"""The pages about access: signing in, invitations, the key ceremony, colleagues."""
