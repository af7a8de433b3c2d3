"""Reads calendar files one after the other as a calendar program does, with a parser that is not ours (icalendar from PyPI):
what is there by a UID is replaced by what has the same or a higher SEQUENCE. Prints what stands in the calendar then.

    pip install icalendar
    python3 Tests/recompute/ics.py first.ics second.ics

Ends with 1 where a file is not valid, a line is longer than 75 octets or ends otherwise than with CRLF, or an event
stands in one file twice.
"""
import sys

import icalendar


def read(path):
    data = open(path, "rb").read()
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and not any(b"\n" in line or b"\r" in line for line in lines), "line ends"
    assert all(len(line) <= 75 for line in lines), "a long line"
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors, calendar.errors
    events = calendar.walk("VEVENT")
    assert all(not event.errors for event in events), [event.errors for event in events]
    ids = [str(event["UID"]) for event in events]
    assert len(set(ids)) == len(ids), "an event stands there twice"
    return events


def main():
    calendar = {}
    for path in sys.argv[1:]:
        for event in read(path):
            present = calendar.get(str(event["UID"]))
            if present is None or event["SEQUENCE"] >= present["SEQUENCE"]:
                calendar[str(event["UID"])] = event
    for event in sorted(calendar.values(), key=lambda event: (event["DTSTART"].dt, str(event["UID"]))):
        print(event["DTSTART"].dt, event["STATUS"], event["SEQUENCE"], event["SUMMARY"], sep="\t")
    print(len(calendar), "events")


main()
