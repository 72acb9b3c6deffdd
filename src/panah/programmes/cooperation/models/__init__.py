"""The tables of the network's space."""

from panah.programmes.cooperation.models.entries import Corridor, Entry, Point, Profile, TestCall
from panah.programmes.cooperation.models.practices import Decision, Meeting, Paper, Practice
from panah.programmes.cooperation.models.sharing import Question, ReceivedEntry, Seat, SentEntry, SharedWith
