"""The answer to each line of a list: covered or not, since when, by whom, and what is missing."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.roles import Role
from cadres import values
from core import formats
from core.sealed import unseal
from enrollment.models import BatchRow, Coverage
from reports.bulk.finding import Match, matches
from reports.bulk.keeping import Question
from reports.bulk.kinds import BY_CODE, COVERED, KINDS, Kind
from reports.bulk.steps import Step, steps_of
from reports.proof.answer import Bpjs, Evidence, Verdict, judge
from reports.queries import bulk as queries
from reports.queries.bulk import Cover, Facts, Found, Row

# Who may learn that another regency covers somebody, as where people are enrolled.
SEES_ELSEWHERE = (Role.DISTRICT_OFFICER, Role.BRANCH_OFFICER)
SAME_NAME = 0.75
DISPUTES = ("entered_later", "taken_back", "unpaid", "unbilled", "bpjs_without", "bpjs_with")
END_REASONS = dict(Coverage.EndReason.choices)
RETURN_REASONS = dict(BatchRow.Reason.choices)


@dataclass
class Answer:
    """What is told of one line; texts are in the language in force.

    `others` are people who may be meant, `among` how many there are. `notes` say what is odd.
    """

    match: Match
    kind: Kind
    because: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    fund_source: str = ""
    member_no: str = ""
    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where the line stands in the list."""
        return self.match.line.place

    @property
    def written(self) -> str:
        """What was written, masked."""
        return self.match.line.shown

    @property
    def person(self) -> Found | None:
        """Whom the line means."""
        return self.match.person

    @property
    def digest(self) -> bytes:
        """The digest of the NIK of whom the line means, also when only the name was written."""
        return self.match.digest or (self.person.digest if self.person else b"")

    @property
    def name(self) -> str:
        """The person's name; empty when nobody was found for sure."""
        return self.person.name if self.person else ""

    @property
    def village(self) -> str:
        """The person's village and district."""
        return f"{self.person.village}, {self.person.district}" if self.person else ""

    @property
    def covered(self) -> str:
        """Yes, no, disputed or unknown, in words."""
        return str(COVERED[self.kind.covered])

    @property
    def label(self) -> str:
        """The kind in words."""
        return str(self.kind.label)

    @property
    def others(self) -> tuple[Found, ...]:
        """Who may be meant instead."""
        return () if self.person else self.match.others

    @property
    def missing(self) -> str:
        """What is missing, in one text."""
        return " ".join(step.text for step in self.steps)

    @property
    def remarks(self) -> str:
        """Everything odd, in one text."""
        named = "; ".join(f"{each.name} ({each.village}, {each.district})" for each in self.others)
        return " ".join([*self.notes, named]).strip()


def answers_to(question: Question, by: Actor, slug: str) -> list[Answer]:
    """The answers in the order of the lines; the same few statements at any length."""
    found = matches(question.lines)
    facts = queries.facts_of({each.person.id for each in found if each.person}, question.day)
    told = [_of(each, facts) for each in found]
    if by.role in SEES_ELSEWHERE:
        _add_elsewhere(told, question.day)
    _add_repeats(told)
    for answer in told:
        answer.steps = steps_of(answer, facts, by, slug)
    return told


def counts(answers: Iterable[Answer]) -> list[tuple[Kind, int]]:
    """How many lines of each kind there are, in the order of kinds; none that is zero."""
    counted = Counter(each.kind.code for each in answers)
    return [(kind, counted[kind.code]) for kind in KINDS if counted[kind.code]]


def totals(answers: Iterable[Answer]) -> dict[str, int]:
    """Lines by yes, no, disputed and unknown."""
    counted = Counter(each.kind.covered for each in answers)
    return {name: counted[name] for name in COVERED}


def _of(match: Match, facts: Facts) -> Answer:
    line = match.line
    if match.person is not None:
        answer = _of_person(match, match.person, facts)
        answer.notes += _notes(match, match.person)
        return answer
    if match.others:
        several = match.by == "name" and not line.nik
        kind = BY_CODE["several" if several else "not_found" if line.nik else "similar"]
        return Answer(match, kind, because=_offered(match), notes=_doubts(match))
    if line.fault:
        return Answer(match, BY_CODE["unreadable"], because=line.explained)
    return Answer(match, BY_CODE["not_found"], because=line.doubt)


def _offered(match: Match) -> str:
    if match.line.nik:
        return _("NIK ini tidak ada dalam data, tetapi ada nama yang sama atau mirip.")
    if match.by == "alike":
        return _("Tidak ada nama yang persis sama.")
    return ngettext("%(n)s orang bernama ini.", "%(n)s orang bernama ini.", match.among) % {
        "n": formats.thousands(match.among)
    }


def _doubts(match: Match) -> list[str]:
    return [text for text in (match.line.explained, match.line.doubt) if text]


def _notes(match: Match, person: Found) -> list[str]:
    """What is odd about a line whose person is known."""
    notes = [match.line.explained] if match.line.fault else []
    if match.by == "name":
        notes.append(_("Dicari menurut nama; cocokkan NIK-nya."))
    elif match.line.name and not _same(values.name_key(match.line.name), person.key):
        notes.append(_("Nama yang tertulis berbeda dengan nama dalam data."))
    return notes


def _same(one: str, other: str) -> bool:
    if one == other or one in other or other in one:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= SAME_NAME


def _of_person(match: Match, person: Found, facts: Facts) -> Answer:
    covers, row = facts.covers.get(person.id, []), facts.rows.get(person.id)
    holding = next((each for each in covers if each.holds_on(facts.day)), None)
    verdict = _verdict(person, holding, facts)
    if verdict.answer != "no":
        kind = BY_CODE["covered" if verdict.answer == "yes" else "disputed"]
        return _with_cover(Answer(match, kind, because=_disputes(verdict)), holding)
    if person.died_on is not None and person.died_on < facts.day:
        died = _("Meninggal pada %(day)s.") % {"day": _day(person.died_on)}
        return _with_cover(Answer(match, BY_CODE["deceased"], because=died), _last(covers, facts))
    coming = next((each for each in covers if each.starts_on > facts.day), None)
    if coming is not None:
        return _with_cover(Answer(match, BY_CODE["not_yet"]), coming)
    if row is not None and row.status != BatchRow.Status.ACCEPTED:
        code, because = _of_row(row)
        return _with_cover(Answer(match, BY_CODE[code], because=because), _last(covers, facts))
    if covers:
        last = covers[-1]
        words = {"day": _day(last.ends_on), "reason": END_REASONS.get(last.end_reason, "")}
        because = _("Berakhir %(day)s: %(reason)s.") % words
        return _with_cover(Answer(match, BY_CODE["ended"], because=because), last)
    return Answer(match, BY_CODE["not_enrolled"])


def _verdict(person: Found, holding: Cover | None, facts: Facts) -> Verdict:
    """As `reports.proof.records.look_up` puts the question, from facts of many."""
    bill = facts.bills.get(person.id)
    return judge(
        Evidence(
            day=facts.day,
            today=facts.today,
            covered_now=holding is not None,
            covered_then=None if facts.then is None else person.id in facts.then,
            died_on=person.died_on,
            billed=bill is not None,
            paid=bill is not None and bill.paid,
            due_on=bill.due_on if bill else None,
            bpjs=facts.listed.get(person.id, Bpjs.UNKNOWN),
        )
    )


def _disputes(verdict: Verdict) -> str:
    """What speaks against the answer, in words; nothing for a plain yes."""
    told = zip(verdict.reasons, verdict.sentences, strict=True)
    if verdict.answer == "yes":
        return ""
    return " ".join(str(text) for code, text in told if code in (*DISPUTES, "died_before"))


def _last(covers: list[Cover], facts: Facts) -> Cover | None:
    return next((each for each in reversed(covers) if each.starts_on <= facts.day), None)


def _with_cover(answer: Answer, cover: Cover | None) -> Answer:
    if cover is not None:
        answer.since, answer.until = cover.starts_on, cover.ends_on
        answer.fund_source = cover.fund_source
        number = unseal(cover.member_no)
        answer.member_no = formats.mask_kpj(number) if number else ""
    return answer


def _of_row(row: Row) -> tuple[str, str]:
    """The kind for somebody whose newest row in a batch is not accepted, and why."""
    since = timezone.localtime(row.since).date() if row.since else None
    words = {"number": row.batch, "day": _day(since)}
    if row.status == BatchRow.Status.RETURNED:
        reason = str(RETURN_REASONS.get(row.reason, ""))
        return "returned", ": ".join(part for part in (reason, row.text) if part)
    if row.batch_status == "draft":
        return "prepared", _("Pendaftaran %(number)s belum diajukan.") % words
    return "waiting", _("Pendaftaran %(number)s, di cabang sejak %(day)s.") % words


def _day(day: dt.date | None) -> str:
    return formats.day(day, get_language()) if day else "–"


def _add_elsewhere(told: list[Answer], day: dt.date) -> None:
    """Who is not covered here but in another regency; never where, and nothing else."""
    open_ones = [
        each for each in told if each.digest and each.kind.code not in ("covered", "deceased")
    ]
    found = queries.covered_elsewhere({each.digest for each in open_ones}, day)
    for answer in open_ones:
        cover = found.get(answer.digest)
        if cover is None:
            continue
        programme, segment = cover
        words = {"cover": programme.upper().replace("_", ", "), "segment": segment.upper()}
        sentence = _("Sudah terlindungi di kabupaten lain (%(cover)s, %(segment)s).") % words
        if answer.kind.covered == "disputed":
            answer.notes.append(sentence)
        else:
            answer.notes += [answer.because] if answer.because else []
            answer.kind, answer.because = BY_CODE["elsewhere"], sentence


def _add_repeats(told: list[Answer]) -> None:
    """Say of a person's second line where the first one stands."""
    first: dict[object, str] = {}
    for answer in told:
        line = answer.match.line
        key: object = answer.person.id if answer.person else line.nik or line.name.upper()
        if not key:
            continue
        if key in first:
            answer.notes.append(_("Sama dengan baris %(place)s.") % {"place": first[key]})
        else:
            first[key] = answer.place
