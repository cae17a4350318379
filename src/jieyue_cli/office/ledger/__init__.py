"""台账: the dated, append-only record of what was recognised, on which inputs."""
