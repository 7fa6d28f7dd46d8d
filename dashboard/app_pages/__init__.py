"""The pages: short scripts that compose and nothing else."""
