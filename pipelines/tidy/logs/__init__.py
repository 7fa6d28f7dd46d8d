"""Large logs of check-ins, understood stretch by stretch in little memory, and exactly as if read whole."""
