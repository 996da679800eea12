"""The administrators' tools: keys made and kept away from the post, and what they sign there without a network."""
