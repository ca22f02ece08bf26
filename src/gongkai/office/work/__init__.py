"""What waits in the office: items by source, grouped by how near their limit is."""
