"""The interface for assets on this machine: a stand-in for an instance, whose imports do what a plan says."""
