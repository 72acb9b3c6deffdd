from panah.people.complaints.views.intake import leave, readers, start, take, take_data, words_to_say
from panah.people.complaints.views.matters import asked, left, listed, matter, pass_on, step
from panah.people.complaints.views.subject_access import hears, kept, kept_of_contact, kept_of_stay
