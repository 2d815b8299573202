//! T7: a ledger of a thousand rows damaged in every way: each bit flipped, each cut, each row taken out, doubled, moved,
//! exchanged, each field put into the next row. `verify` finds it; what it can't find by itself the head does, and what
//! the head can't, the digest on the paper.

use std::sync::Mutex;
use std::thread;

use taizhang::{Exit, Files};

use crate::dice::Dice;
use crate::forgery::{fields_of, head_of, lines_of, resealed, written};
use crate::memory::Memory;
use crate::office::{Office, Seen};
use crate::shop::{HEAD, LEDGER, SMALL, TOML};
use crate::trial::{Share, Tally, Trial};

pub(crate) const BITS: Trial = Trial {
    name: "T7 every-bit-and-every-cut",
    what: "each bit of a thousand rows flipped, and each length cut off, with and without a head",
    run: bits,
};
pub(crate) const ROWS: Trial = Trial {
    name: "T7 every-row-and-every-head",
    what: "each of a thousand rows taken out, doubled, moved, exchanged, forged; heads stale, foreign and gone",
    run: changed_rows,
};

/// For two processors.
const PARTS: usize = 2;
const LENGTH: usize = 1_000;

/// A ledger as it was written, and its head.
struct Book {
    ledger: Vec<u8>,
    head: Vec<u8>,
}

impl Book {
    /// A thousand rows: plain ones and quoted ones, batches, reversals, notes, a closed month.
    fn written(number: u64) -> Self {
        let mut office = Office::on(Memory::default());
        // A day before whatever goes on with it.
        office.today = "2022-12-30";
        office.files.put(TOML, SMALL);
        let types = |line: String| office.types(&format!("-b {TOML} {line}")).expect(Exit::Done);
        types("open --yes --id opening".into());
        let mut dice = Dice(number);
        for row in 4.. {
            let rows = office.files.bytes(LEDGER).unwrap().iter().filter(|byte| **byte == b'\n').count() - 1;
            if rows >= LENGTH {
                break;
            }
            let memo = "访".repeat(dice.index(12));
            let amount = format!("{}.{:02}", dice.below(90) + 1, dice.below(100));
            match dice.below(12) {
                0 => types(format!("record -a travel --amount {amount} --memo '甲,\"乙\"{memo}' --id r-{row}")),
                1 => types(format!("record --amount 3.00 --split travel=1.00 --split food=2.00 --id r-{row}")),
                2 => types(format!("commit -a food --amount {amount} --doc HT-{row} --id r-{row}")),
                3 => types(format!(
                    "transfer --from travel --to food --amount 0.01 --doc 某字〔2022〕{row}号 --id r-{row}"
                )),
                4 if row > 20 => types(format!("note 3 --memo '补{memo}' --id r-{row}")),
                _ => {
                    types(format!("record -a travel --amount {amount} --payee 店{memo} --date 2022-12-29 --id r-{row}"))
                }
            };
            if row == 300 {
                types("close 1 --id closing".into());
            }
        }
        Self { ledger: office.files.bytes(LEDGER).unwrap(), head: office.files.bytes(HEAD).unwrap() }
    }

    fn anchor(&self) -> String {
        fields_of(lines_of(&self.ledger).last().unwrap())[21].clone()
    }

    /// A place where this ledger stands, with its head or without.
    fn stands(&self, with_head: bool) -> Place {
        let office = Office::on(Memory::default());
        office.files.put(TOML, SMALL);
        let place = Place(office);
        place.put(&self.ledger, with_head.then_some(&self.head));
        place
    }

    /// Where the opening's three rows end: what is shorter is no ledger.
    fn opening(&self) -> usize {
        self.ledger.split_inclusive(|byte| *byte == b'\n').take(4).map(<[u8]>::len).sum()
    }
}

/// An office with the ledger in it.
struct Place(Office<Memory>);

impl Place {
    fn put(&self, ledger: &[u8], head: Option<&Vec<u8>>) {
        self.0.files.put(LEDGER, ledger);
        match head {
            Some(head) => self.0.files.put(HEAD, head.clone()),
            None => drop(self.0.files.remove(HEAD.as_ref())),
        }
    }

    fn verifies(&self, ledger: &[u8]) -> Seen {
        self.0.files.put(LEDGER, ledger);
        self.types("verify")
    }

    fn types(&self, line: &str) -> Seen {
        self.0.types(&format!("-b {TOML} {line}"))
    }
}

/// Whether it was found, or is only an unfinished tail that nobody counts, and said to be there.
fn is_found(seen: &Seen, may_be_a_tail: bool) -> bool {
    seen.exit == Exit::Integrity || (may_be_a_tail && seen.exit == Exit::Done && seen.err.contains("unfinished write"))
}

/// Every so-many-th number below a length, shared out.
fn in_parts(
    length: usize,
    (first, every): (usize, usize),
    each: impl Fn(&mut dyn Iterator<Item = usize>) -> Tally + Sync,
) -> Tally {
    let whole = Mutex::new(Tally::default());
    thread::scope(|scope| {
        for part in 0..PARTS {
            let (whole, each) = (&whole, &each);
            scope.spawn(move || {
                let tally = each(&mut (first + part * every..length).step_by(every * PARTS));
                whole.lock().unwrap().add(tally);
            });
        }
    });
    whole.into_inner().unwrap()
}

fn bits(share: &Share) -> Tally {
    let book = Book::written(share.seed);
    let length = book.ledger.len();
    let each = share.each(997);
    let mut tally = in_parts(length * 8, each, |bits| {
        let (mut tally, place) = (Tally::default(), book.stands(true));
        for bit in bits {
            let mut flipped = book.ledger.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let seen = place.verifies(&flipped);
            tally.holds(is_found(&seen, false), || format!("byte {} bit {}: {seen:?}", bit / 8, bit % 8));
        }
        tally
    });
    // Without a head one bit of each byte is enough: the head plays no part in what is wrong with a row.
    tally.add(in_parts(length, each, |places| {
        let (mut tally, place) = (Tally::default(), book.stands(false));
        for at in places {
            let mut flipped = book.ledger.clone();
            flipped[at] ^= 1 << (at % 8);
            let seen = place.verifies(&flipped);
            tally.holds(is_found(&seen, at == length - 1), || format!("no head, byte {at}: {seen:?}"));
        }
        tally
    }));
    for with_head in [true, false] {
        tally.add(in_parts(length, each, |lengths| {
            let (mut tally, place) = (Tally::default(), book.stands(with_head));
            for cut in lengths {
                let seen = place.verifies(&book.ledger[..cut]);
                let at_border = cut > 0 && book.ledger[cut - 1] == b'\n';
                let holds = if with_head || cut < book.opening() {
                    seen.exit == Exit::Integrity
                } else {
                    // A batch may be cut at a border between its rows, too.
                    seen.exit == Exit::Done && (at_border || seen.err.contains("unfinished write"))
                };
                tally.holds(holds, || format!("cut to {cut}, head {with_head}: {seen:?}"));
            }
            tally
        }));
    }
    tally
}

fn changed_rows(share: &Share) -> Tally {
    let (book, other) = (Book::written(share.seed), Book::written(share.seed + 1));
    let lines = lines_of(&book.ledger);
    in_parts(lines.len(), share.each(29), |rows| {
        let (mut tally, mut dice) = (Tally::default(), Dice(share.seed));
        let (with, without) = (book.stands(true), book.stands(false));
        for row in rows {
            for changed in displaced(&lines, row, &mut dice) {
                let bytes = changed.concat();
                if bytes == book.ledger {
                    continue;
                }
                // What is only added behind the head was never acknowledged.
                let seen = with.verifies(&bytes);
                let is_only_added = bytes.starts_with(&book.ledger);
                tally.holds(is_found(&seen, is_only_added), || format!("row {row} displaced: {seen:?}"));
                let seen = without.verifies(&bytes);
                let is_cut = book.ledger.starts_with(&bytes);
                tally.holds(is_cut || is_found(&seen, false), || format!("no head, row {row} displaced: {seen:?}"));
            }
            if row > 0 && row + 1 < lines.len() {
                for column in 0..22 {
                    exchanged(&book, &with, &lines, row, column, &mut tally);
                }
                forged(&book, &lines, row, &mut tally);
            }
            if row > 3 {
                continued(&book, &other, &lines[..row], &mut tally);
            }
        }
        tally
    })
}

/// A row taken out, doubled where it stands and at the end, exchanged with the next and with any, moved to any place.
fn displaced<'l>(lines: &[&'l [u8]], row: usize, dice: &mut Dice) -> Vec<Vec<&'l [u8]>> {
    let mut without = lines.to_vec();
    without.remove(row);
    let mut found = vec![without.clone()];
    for place in [row, lines.len(), dice.index(lines.len())] {
        let mut doubled = lines.to_vec();
        doubled.insert(place, lines[row]);
        found.push(doubled);
    }
    for place in [0, 1, lines.len() - 1, dice.index(lines.len())] {
        let mut moved = without.clone();
        moved.insert(place, lines[row]);
        found.push(moved);
    }
    for with in [(row + 1) % lines.len(), dice.index(lines.len())] {
        let mut exchanged = lines.to_vec();
        exchanged.swap(row, with);
        found.push(exchanged);
    }
    found
}

/// One field exchanged with that of the next row.
fn exchanged(book: &Book, place: &Place, lines: &[&[u8]], row: usize, column: usize, tally: &mut Tally) {
    let (mut one, mut two) = (fields_of(lines[row]), fields_of(lines[row + 1]));
    std::mem::swap(&mut one[column], &mut two[column]);
    let (one, two) = (written(&one), written(&two));
    let bytes = [&lines[..row].concat(), one.as_slice(), &two, &lines[row + 2..].concat()].concat();
    if bytes != book.ledger {
        let seen = place.verifies(&bytes);
        tally.holds(is_found(&seen, false), || format!("column {column} of row {row} exchanged: {seen:?}"));
    }
}

/// A full rewrite from a row on, its chain and its head made anew: the ledger verifies, unless a month was closed over
/// it, and the paper's digest is not in it any more.
fn forged(book: &Book, lines: &[&[u8]], row: usize, tally: &mut Tally) {
    let place = book.stands(true);
    let mut forged = fields_of(lines[row]);
    forged[19] = "forger".into();
    let ledger = resealed(lines, row, forged);
    place.put(&ledger, Some(&head_of(&ledger)));
    let is_closed_over =
        lines[row..].iter().any(|line| fields_of(line)[1] == "close" && fields_of(line)[0] != row.to_string());
    let seen = place.types("verify");
    let expected = if is_closed_over { Exit::Integrity } else { Exit::Done };
    tally.holds(seen.exit == expected, || format!("row {row} rewritten: {seen:?}"));
    let seen = place.types(&format!("verify --anchor {}", book.anchor()));
    tally.holds(seen.exit == Exit::Integrity, || format!("row {row} rewritten, against the paper: {seen:?}"));
}

/// A ledger cut after a row, or an older backup of it, and gone on with.
fn continued(book: &Book, other: &Book, lines: &[&[u8]], tally: &mut Tally) {
    let row = lines.len() - 1;
    let cut = lines.concat();
    let place = book.stands(true);
    let record = "record -a travel --amount 1.00 --id new";
    place.put(&cut, Some(&book.head));
    for line in ["verify", record, "balance"] {
        let seen = place.types(line);
        let holds = seen.exit == Exit::Integrity && place.0.files.bytes(LEDGER).unwrap() == cut;
        tally.holds(holds, || format!("cut after row {row}, then {line}: {seen:?}"));
    }
    // A head of another ledger, and one of this but older: the first is never trusted, the second takes nothing away.
    place.put(&book.ledger, Some(&other.head));
    let seen = place.types("verify");
    tally.holds(seen.exit == Exit::Integrity, || format!("a foreign head: {seen:?}"));
    let batch = &fields_of(lines[row])[17];
    if batch.split_once("of").is_some_and(|(place, of)| place != of) {
        return;
    }
    place.put(&book.ledger, Some(&head_of(&cut)));
    let seen = place.types("verify");
    tally.holds(seen.exit == Exit::Done, || format!("the head of row {row}: {seen:?}"));
    // Head and all put back from a backup, or the head gone too: only the paper knows.
    for head in [Some(head_of(&cut)), None] {
        place.put(&cut, head.as_ref());
        let seen = place.types(record);
        tally.holds(seen.exit == Exit::Done, || format!("cut after row {row}, and gone on with: {seen:?}"));
        let seen = place.types(&format!("verify --anchor {}", book.anchor()));
        tally.holds(seen.exit == Exit::Integrity, || format!("cut after row {row}, against the paper: {seen:?}"));
    }
}
