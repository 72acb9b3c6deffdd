"""The kit: what every page is made of (parts, forms, words, dates, the frame of a page)."""
