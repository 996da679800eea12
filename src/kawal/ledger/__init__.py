"""What happened: signed events, device chains, the Merkle tree, checkpoints, proofs and witnesses."""
