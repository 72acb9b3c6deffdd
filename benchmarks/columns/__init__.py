"""Every column that a journey reads is changed past Panah, and the journey is played again: does anybody notice?"""
