"""Many sessions: how they change, what is not covered yet, and what to rehearse next."""
