"""What all sheets share: headers, rows, planning, writing."""
