"""Sets of questions, read from files. A society adds files; nothing is taken in unchecked."""

from panah.screening.profiles.loading import BUILT_IN, ProfilesWrong, Sets, load, read_profile
