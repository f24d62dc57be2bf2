"""One program per simulated data set: the process, its true parameters, its seed."""
