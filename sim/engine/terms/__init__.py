"""One pure function per named contribution; `sim.engine.step` calls them in the order of a turn."""
