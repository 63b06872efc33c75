"""The numbers of a panel as files: the table with its units, as CSV and as Parquet."""
