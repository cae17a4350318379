"""What every written file shares: the looks of workbooks and the containers they are packed in."""
