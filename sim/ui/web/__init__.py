"""The classroom in a browser: pages for trainees, instructor, projector; a JSON interface."""
