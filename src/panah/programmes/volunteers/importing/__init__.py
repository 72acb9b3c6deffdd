"""Tables of volunteers on their way into the register, and people who stand in it twice."""
