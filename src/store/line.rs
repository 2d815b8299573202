//! One ledger line: bytes to an entry and back, format 1. A line is taken only if writing it again gives the same bytes.

use std::ops::Range;
use std::str;

use memchr::{memchr, memchr_iter, memchr2};

use super::chain::{self, Sealer};
use crate::domain::amount::Amount;
use crate::domain::budget::{Fund, Method};
use crate::domain::calendar::{Date, is_written_moment, iso_date};
use crate::domain::entry::{Batch, Digest, Entry, Kind, Particulars, invoices, whole_number};
use crate::problem::LedgerFault;

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 22] = [
    "seq",
    "kind",
    "date",
    "occurred",
    "allocation",
    "fund",
    "amount",
    "plan",
    "payee",
    "memo",
    "voucher",
    "payment",
    "economic",
    "method",
    "invoice",
    "ref",
    "doc",
    "batch",
    "id",
    "by",
    "at",
    "hash",
];

/// The longest line, in bytes.
pub(crate) const LONGEST_LINE: usize = 64 * 1024;

/// Bytes of a digest as it is written.
const WRITTEN_DIGEST: usize = 64;

/// The most bytes that may stand where a line feed was lost.
const LINE_END: usize = 4;

/// Why a line can't be read, and which of its bytes are meant.
pub(crate) type LineFault = (LedgerFault, Range<usize>);

/// The room a line is taken apart in, used again for every line so that reading allocates nothing.
pub(crate) struct LineReader {
    /// Made for the first line with quotes: to make it takes longer than to read many lines without.
    quoted: Option<Box<csv_core::Reader>>,
    unquoted: Vec<u8>,
    sealer: Sealer,
}

/// A line taken apart: its entry, and the digest its content has after `previous`.
pub(crate) struct Line<'l> {
    pub(crate) entry: Entry<&'l str>,
    pub(crate) sealed: Digest,
}

impl LineReader {
    pub(crate) fn new() -> Self {
        Self { quoted: None, unquoted: Vec::new(), sealer: Sealer::default() }
    }

    /// Reads one line, its line feed left off, and seals its content after `previous`.
    pub(crate) fn read<'l>(&'l mut self, bytes: &'l [u8], previous: &Digest) -> Result<Line<'l>, LineFault> {
        let whole = 0..bytes.len();
        if bytes.len() >= LONGEST_LINE {
            return Err((LedgerFault::TooLong { most: LONGEST_LINE }, 0..0));
        }
        let text = simdutf8::compat::from_utf8(bytes)
            .map_err(|error| (LedgerFault::NotUtf8, error.valid_up_to()..error.valid_up_to()))?;
        let controlled = bytes.iter().fold(false, |found, byte| found | (*byte < 0x20) | (*byte == 0x7F));
        if controlled {
            let place = bytes.iter().position(|byte| *byte < 0x20 || *byte == 0x7F).unwrap_or(0);
            return Err((LedgerFault::ControlByte { byte: bytes[place] }, place..place + 1));
        }
        let mut fields = [""; 22];
        if memchr(b'"', bytes).is_none() {
            split_plain(text, &mut fields)?;
            let content = bytes.len() - fields[21].len() - 1;
            let sealed = self.sealer.seal(previous, &bytes[..content]);
            let entry = entry(&fields, &sealed, |column| span(text, fields[column]))?;
            return Ok(Line { entry, sealed });
        }
        split_quoted(
            self.quoted.get_or_insert_with(|| Box::new(csv_core::Reader::new())),
            bytes,
            &mut self.unquoted,
            &mut fields,
        )?;
        let sealed = chain::seal(previous, &fields[..21]);
        let entry = entry(&fields, &sealed, |_| whole.clone())?;
        if joined(&fields) != text {
            return Err((LedgerFault::NotCanonical, whole));
        }
        Ok(Line { entry, sealed })
    }
}

/// What a line's end says of itself, and what its content says, whether or not the line can be read otherwise.
pub(crate) struct Seals {
    /// The digest it states.
    pub(crate) stated: Option<Digest>,
    /// The digest its fields have after `previous`, if there are 22 of them, or more: a newer format may have more.
    pub(crate) computed: Option<Digest>,
}

impl Seals {
    pub(crate) fn of(bytes: &[u8], previous: &Digest) -> Self {
        let (content, stated) = bytes.split_at(bytes.len().saturating_sub(WRITTEN_DIGEST));
        let stated = str::from_utf8(stated).ok().and_then(Digest::canonical);
        // The digest itself may be what is spoilt; a blank one in its place lets the rest be taken apart all the same.
        let whole = [content, Digest::default().to_string().as_bytes()].concat();
        let fields = taken_apart(&whole).filter(|fields| fields.len() >= COLUMNS.len());
        let sealed = |fields: Vec<String>| {
            let (_digest, fields) = fields.split_last()?;
            Some(chain::seal(previous, &fields.iter().map(String::as_str).collect::<Vec<_>>()))
        };
        Self { stated, computed: fields.and_then(sealed) }
    }

    /// Whether the line is one that was sealed so, and not what a broken write left of one.
    pub(crate) fn agree(&self) -> bool {
        self.stated.is_some() && self.stated == self.computed
    }
}

/// Whether a line is a row that is sealed right after `previous`, or several that lost the line feeds between them.
// No test can tell how few ends are tried: only where a seal agrees is a row.
pub(super) fn is_of_sealed_rows(line: &[u8], previous: &Digest) -> bool {
    let is_digest = |end: &usize| {
        let (content, digest) = line[..*end].split_at(end - WRITTEN_DIGEST);
        content.ends_with(b",") && digest.iter().all(u8::is_ascii_hexdigit)
    };
    (WRITTEN_DIGEST..=line.len()).filter(is_digest).any(|end| {
        let seals = Seals::of(&line[..end], previous);
        let mut begins = end..line.len().min(end + LINE_END + 1);
        let rest = |digest| begins.any(|begin| is_of_sealed_rows(&line[begin..], &digest));
        seals.agree() && (end == line.len() || seals.stated.is_some_and(rest))
    })
}

/// The fields of a line, however many.
fn taken_apart(line: &[u8]) -> Option<Vec<String>> {
    let text = str::from_utf8(line).ok()?;
    if memchr(b'"', line).is_none() {
        return Some(text.split(',').map(str::to_owned).collect());
    }
    let (mut unquoted, mut ends) = (vec![0; line.len() + 1], vec![0; line.len() + 2]);
    let found = read_record(&mut csv_core::Reader::new(), line, &mut unquoted, &mut ends)?;
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let field = |(start, end): (usize, &usize)| str::from_utf8(&unquoted[start..*end]).ok().map(str::to_owned);
    starts.zip(&ends[..found]).map(field).collect()
}

fn split_plain<'l>(text: &'l str, fields: &mut [&'l str; 22]) -> Result<(), LineFault> {
    let mut commas = [text.len(); 22];
    let found = 1 + places_of_commas(text.as_bytes(), &mut commas);
    if found != 22 {
        return Err((LedgerFault::Columns { found }, 0..text.len()));
    }
    let mut start = 0;
    for (field, comma) in fields.iter_mut().zip(commas) {
        *field = &text[start..comma];
        start = comma + 1;
    }
    Ok(())
}

/// Where the commas of a line are, as many as there is room for, and how many there are. Fields are short, so to search for
/// each comma by itself would cost more than to look at eight bytes at once.
fn places_of_commas(line: &[u8], places: &mut [usize; 22]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut found = 0;
    let (words, rest) = line.as_chunks::<8>();
    for (word, eight) in words.iter().enumerate() {
        // A byte that is a comma becomes zero, and its highest bit alone is set in `commas`.
        let other = u64::from_le_bytes(*eight) ^ (EACH * u64::from(b','));
        let mut commas = !(((other & (EACH * 0x7F)) + EACH * 0x7F) | other | (EACH * 0x7F));
        while commas != 0 {
            if let Some(place) = places.get_mut(found) {
                *place = word * 8 + commas.trailing_zeros() as usize / 8;
            }
            found += 1;
            commas &= commas - 1;
        }
    }
    for (byte, _) in rest.iter().enumerate().filter(|(_, byte)| **byte == b',') {
        if let Some(place) = places.get_mut(found) {
            *place = words.len() * 8 + byte;
        }
        found += 1;
    }
    found
}

fn split_quoted<'l>(
    reader: &mut csv_core::Reader,
    bytes: &[u8],
    unquoted: &'l mut Vec<u8>,
    fields: &mut [&'l str; 22],
) -> Result<(), LineFault> {
    let whole = 0..bytes.len();
    unquoted.clear();
    unquoted.resize(bytes.len(), 0);
    let mut ends = [0_usize; 24];
    let found = read_record(reader, bytes, unquoted, &mut ends);
    if found != Some(22) {
        let all = found.or_else(|| taken_apart(bytes).map(|fields| fields.len()));
        return Err((LedgerFault::Columns { found: all.unwrap_or(ends.len()) }, whole));
    }
    let text = str::from_utf8(&unquoted[..ends[21]]).map_err(|_| (LedgerFault::NotCanonical, whole))?;
    let mut start = 0;
    for (field, end) in fields.iter_mut().zip(ends) {
        *field = &text[start..end];
        start = end;
    }
    Ok(())
}

/// Reads a line as one record; how many fields it has, if it is one and there is room for their ends.
fn read_record(reader: &mut csv_core::Reader, line: &[u8], unquoted: &mut [u8], ends: &mut [usize]) -> Option<usize> {
    reader.reset();
    let (_, read, written, count) = reader.read_record(line, unquoted, ends);
    // The record is only known to have ended when the reader is shown that nothing follows.
    let room = count.min(ends.len() - 1);
    let (_, _, _, last) = reader.read_record(&[], &mut unquoted[written..], &mut ends[room..]);
    (read == line.len()).then_some(count + last)
}

/// Where a column stands in a line, as well as its commas tell; a quoted field before it may lead astray, not further.
pub(crate) fn column_span(line: &[u8], column: &str) -> Range<usize> {
    let place = COLUMNS.iter().position(|known| *known == column).unwrap_or(0);
    let mut commas = memchr_iter(b',', line);
    let start = if place == 0 { 0 } else { commas.nth(place - 1).map_or(0, |comma| comma + 1) };
    let end = commas.next().unwrap_or(line.len());
    start..end.max(start)
}

/// Where a field, a part of the line's own text, stands in it.
fn span(line: &str, field: &str) -> Range<usize> {
    let start = field.as_ptr() as usize - line.as_ptr() as usize;
    start..start + field.len()
}

/// The fields as an entry, of which its digest is known if they are as they were sealed.
fn entry<'l>(
    fields: &[&'l str; 22],
    sealed: &Digest,
    span: impl Fn(usize) -> Range<usize>,
) -> Result<Entry<&'l str>, LineFault> {
    let bad =
        |column: usize| (LedgerFault::Column { name: COLUMNS[column], text: fields[column].to_owned() }, span(column));
    let date = |column: usize| -> Result<Option<Date>, LineFault> {
        optional(fields[column], iso_date).ok_or_else(|| bad(column))
    };
    let Some(kind) = Kind::from_key(fields[1]) else {
        // A well-formed word we don't know is a newer format's; anything else is damage.
        let word = !fields[1].is_empty() && fields[1].bytes().all(|byte| byte.is_ascii_lowercase());
        return Err(if word { (LedgerFault::NewerKind { kind: fields[1].to_owned() }, span(1)) } else { bad(1) });
    };
    let known = |column: usize, good: bool| if good || fields[column].is_empty() { Ok(()) } else { Err(bad(column)) };
    known(12, fields[12].len() == 5 && fields[12].bytes().all(|byte| byte.is_ascii_digit()))?;
    known(13, Method::from_key(fields[13]).is_some())?;
    if !fields[14].is_empty() && invoices(fields[14]).is_none() {
        return Err(bad(14));
    }
    if !is_written_moment(fields[20]) {
        return Err(bad(20));
    }
    Ok(Entry {
        seq: whole_number(fields[0]).ok_or_else(|| bad(0))?,
        what: Particulars {
            kind,
            date: date(2)?,
            occurred: date(3)?,
            allocation: fields[4],
            fund: optional(fields[5], Fund::from_key).ok_or_else(|| bad(5))?,
            amount: Amount::canonical(fields[6]).ok_or_else(|| bad(6))?,
            plan: fields[7],
            payee: fields[8],
            memo: fields[9],
            voucher: fields[10],
            payment: fields[11],
            economic: fields[12],
            method: fields[13],
            invoice: fields[14],
            refers_to: optional(fields[15], whole_number).ok_or_else(|| bad(15))?,
            doc: fields[16],
        },
        batch: optional(fields[17], Batch::canonical).ok_or_else(|| bad(17))?,
        id: fields[18],
        by: fields[19],
        at: fields[20],
        digest: if sealed.is_written(fields[21]) {
            *sealed
        } else {
            Digest::canonical(fields[21]).ok_or_else(|| bad(21))?
        },
    })
}

/// An empty field is `Some(None)`; one that can't be read is `None`.
#[expect(clippy::option_option, reason = "absent, unreadable and read are three answers")]
fn optional<T>(field: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if field.is_empty() { Some(None) } else { read(field).map(Some) }
}

/// Writes an entry as its line, sealed after `previous`, the line feed included. Returns the line and its digest.
pub(crate) fn written<Text: AsRef<str>>(entry: &Entry<Text>, previous: &Digest) -> (String, Digest) {
    let what = &entry.what;
    let written = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let (seq, date, occurred) = (entry.seq.to_string(), written(what.date), written(what.occurred));
    let amount = what.amount.to_string();
    let refers_to = what.refers_to.map(|seq| seq.to_string()).unwrap_or_default();
    let batch = entry.batch.map(|batch| format!("{}of{}", batch.place, batch.count)).unwrap_or_default();
    let fields = [
        &seq,
        what.kind.key(),
        &date,
        &occurred,
        what.allocation.as_ref(),
        what.fund.map(Fund::key).unwrap_or_default(),
        &amount,
        what.plan.as_ref(),
        what.payee.as_ref(),
        what.memo.as_ref(),
        what.voucher.as_ref(),
        what.payment.as_ref(),
        what.economic.as_ref(),
        what.method.as_ref(),
        what.invoice.as_ref(),
        &refers_to,
        what.doc.as_ref(),
        &batch,
        entry.id.as_ref(),
        entry.by.as_ref(),
        entry.at.as_ref(),
    ];
    let digest = chain::seal(previous, &fields);
    let mut line = joined(&fields);
    line.push(',');
    line += &digest.to_string();
    line.push('\n');
    (line, digest)
}

/// Fields as a line, minimally quoted.
pub(super) fn joined(fields: &[&str]) -> String {
    let mut line = String::with_capacity(512);
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        if memchr2(b',', b'"', field.as_bytes()).is_some() {
            line.push('"');
            line += &field.replace('"', "\"\"");
            line.push('"');
        } else {
            line += field;
        }
    }
    line
}

#[cfg(test)]
#[path = "line_tests.rs"]
mod tests;
