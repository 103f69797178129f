"""The sheet Indicators: results of an assessment by the City Biodiversity Index."""
