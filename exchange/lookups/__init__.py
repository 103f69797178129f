"""What one import has read from the database and from the .zip, to be found again by its cells."""
