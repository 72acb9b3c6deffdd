"""Why a file or a page was not read, and what helps: a sentence for each code that the reading leaves."""

from django.utils.translation import gettext_lazy as _

from panah.programmes.library.words import ABOUT_A_PERSON

# -- a whole file -----------------------------------------------------------------------------------
UNREADABLE = {
    "locked": (
        _("This file opens with a password."),
        _("Save it without one, and bring it as a new version."),
    ),
    "damaged": (
        _("This file is damaged, or is not what its first bytes say."),
        _("Open it in the program in which it was made, save it anew, and bring it as a new version."),
    ),
    "too-large": (
        _("This file unpacks into more than can be read here."),
        _("Cut it into parts, and bring them one by one."),
    ),
    "too-long": (_("Reading this file took too long."), _("Cut it into parts, and bring them one by one.")),
    "nothing": (
        _("There is no page in this file."),
        _("Look at it on the device it comes from, then bring it as a new version."),
    ),
    ABOUT_A_PERSON: (
        _("The number of a case stands in this file. What is about a person is not kept in the library."),
        _("Take it to her case, then withdraw this document and destroy its file here."),
    ),
}
# -- one page ---------------------------------------------------------------------------------------
PAGES = {
    "broken-font": _(
        "The letters of this file are not the letters that one sees: the picture was read instead."
    ),
    "old-encoding": _("This file is written in an old encoding: the picture of the page was read instead."),
    "no-vowels": _(
        "The text in this file has hardly a vowel in it: the picture of the page was read instead."
    ),
    "no-text": _("There is no text on this page but a picture: the picture was read."),
    "recoded": _("This text was written in an old encoding and was put right."),
    "asked": _("This page was read again in the language that somebody chose."),
    "neighbour": _(
        "There is no data to recognise Turkmen with. This page was read with a related language: expect mistakes."
    ),
    "empty": _("There is nothing on this page."),
    "too-long": _("This page could not be read: it took too long."),
    "damaged": _("This page could not be read: it is damaged."),
    "too-large": _("This page could not be read: it is too large."),
    "no-tesseract": _(
        "This page is a picture, and nothing on this machine recognises letters. Ask the administrator to install "
        "tesseract-ocr. The page is read as soon as it is there."
    ),
    "no-language": _(
        "This page is a picture, and the data for its language is missing on this machine. Ask the administrator to "
        "install the packages of tesseract-ocr. The page is read as soon as they are there."
    ),
    "unrecognised": _("Nothing was recognised on the picture of this page."),
}
# Pages that wait for something to be installed.
WAITING_FOR_TESSERACT = ("no-tesseract", "no-language")
