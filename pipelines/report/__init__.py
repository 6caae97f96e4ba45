"""What people are told: how an archive stands, what happened to its articles, and the page of a run."""
