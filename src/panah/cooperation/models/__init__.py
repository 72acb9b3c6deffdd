"""The tables of the network's space."""

from panah.cooperation.models.entries import Corridor, Entry, Point, Profile, TestCall
from panah.cooperation.models.practices import Decision, Meeting, Paper, Practice
from panah.cooperation.models.sharing import Question, ReceivedEntry, Seat, SentEntry, SharedWith
