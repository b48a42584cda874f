//! Made-up journals: a believable manager's quarter from a seed.
