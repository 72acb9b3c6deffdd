"""The directory in Open Referral's HSDS 3.0: written, read, as JSON and as tables. Plain Python, no database."""
