"""Sets of questions, read from files. A society adds files; nothing is taken in unchecked."""

from panah.people.screening.profiles.loading import BUILT_IN, ProfilesWrong, Sets, load, read_profile
