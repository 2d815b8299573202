//! Repairs: what is given up is kept first, every failure says what the bytes are, and a repair that died anywhere is
//! done by typing it again.

use taizhang::{Exit, Files};

use super::book::sealed_after;
use super::failing::{EACCES, EIO, ENOSPC, How};
use super::{Book, HEAD, LEDGER, Memory, RECORD, Shaky, neighbour, office, printed_id};

/// A ledger that needs mending, and what mends it.
struct Case {
    name: &'static str,
    begin: fn() -> Shaky,
    options: &'static str,
    /// Whether it gives up recorded rows, so that a reason is wanted.
    loses: bool,
    /// How many rows stand afterwards, the repair with them.
    rows: usize,
}

const CASES: [Case; 9] = [
    Case { name: "a head that is none", begin: || with_head(b"spoilt\n"), options: "--head", loses: false, rows: 5 },
    Case {
        name: "a head of a longer ledger",
        begin: || with_head(&of_another()),
        options: "--head",
        loses: false,
        rows: 5,
    },
    Case {
        name: "a line that is no row",
        begin: || without_head(behind(&no_row())),
        options: "--tail",
        loses: true,
        rows: 5,
    },
    Case {
        name: "a row that breaks a rule",
        begin: || behind(&out_of_rule()),
        options: "--tail",
        loses: true,
        rows: 5,
    },
    Case { name: "a spoilt last row", begin: || last_row(|byte| byte ^ 1), options: "--tail", loses: true, rows: 4 },
    Case { name: "NULs for a last row", begin: || last_row(|_| 0), options: "--tail", loses: true, rows: 4 },
    Case { name: "a last row cut off", begin: || cut_to(1, 0), options: "--accept-missing", loses: true, rows: 4 },
    Case { name: "two rows cut off", begin: || cut_to(2, 0), options: "--accept-missing", loses: true, rows: 3 },
    Case { name: "cut in a row", begin: || cut_to(1, 40), options: "--accept-missing", loses: true, rows: 4 },
];

impl Case {
    fn line(&self) -> String {
        let reason = if self.loses { " --reason 断电" } else { "" };
        format!("-b small.toml repair {}{reason} --id new", self.options)
    }
}

fn with_head(head: &[u8]) -> Shaky {
    let office = office(2);
    office.files.memory.put(HEAD, head);
    durable(&office)
}

/// The head of a ledger whose rows are more, and shorter.
fn of_another() -> Vec<u8> {
    format!("taizhang-head 1 9 {} 400\n", "ab".repeat(32)).into_bytes()
}

fn behind(bytes: &[u8]) -> Shaky {
    let office = office(2);
    office.files.memory.put(LEDGER, [&office.ledger(), bytes].concat());
    durable(&office)
}

/// Without a head, only what can't have been a line's end is taken for an unfinished write.
fn without_head(office: Shaky) -> Shaky {
    office.files.memory.remove(HEAD.as_ref()).unwrap();
    durable(&office)
}

fn no_row() -> Vec<u8> {
    format!("{}\n", "5,".repeat(30)).into_bytes()
}

fn out_of_rule() -> Vec<u8> {
    sealed_after(&office(2).ledger(), &[&[(1, "expense"), (6, "-5.00"), (18, "by-hand")]])
}

fn last_row(spoil: fn(u8) -> u8) -> Shaky {
    let office = office(2);
    let mut bytes = office.ledger();
    let start = start_of_row(&bytes, 1);
    bytes[start + 20..].iter_mut().for_each(|byte| *byte = spoil(*byte));
    if spoil(1) != 0 {
        *bytes.last_mut().unwrap() = b'\n';
        for byte in &mut bytes[start + 21..] {
            *byte = spoil(*byte);
        }
        *bytes.last_mut().unwrap() = b'\n';
    }
    office.files.memory.put(LEDGER, bytes);
    durable(&office)
}

/// The ledger without its last rows, but with so many bytes of the first of them.
pub(super) fn cut_to(rows: usize, more: usize) -> Shaky {
    let office = office(2);
    let mut bytes = office.ledger();
    bytes.truncate(start_of_row(&bytes, rows) + more);
    office.files.memory.put(LEDGER, bytes);
    durable(&office)
}

/// Where the last row but so many begins.
pub(super) fn start_of_row(bytes: &[u8], from_end: usize) -> usize {
    let feeds = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(place, _)| place + 1);
    let starts: Vec<usize> = feeds.collect();
    starts[starts.len() - 1 - from_end]
}

/// The same files, all of them durable.
fn durable(office: &Shaky) -> Shaky {
    office.copied()
}

#[test]
fn what_needs_mending_is_named_with_its_command_and_nothing_changes() {
    for case in &CASES {
        let office = (case.begin)();
        let before = everything(&office.files.memory);
        let seen = office.types("-b small.toml repair -f json");
        assert_eq!(seen.exit, Exit::No, "{}: {seen:?}", case.name);
        let command = seen.json()["command"].as_str().unwrap().to_owned();
        let reason = if case.loses { " --reason WHY" } else { "" };
        assert_eq!(command, format!("taizhang -b small.toml repair {}{reason}", case.options), "{}", case.name);
        for other in ["--head", "--tail", "--accept-missing"].into_iter().filter(|other| *other != case.options) {
            // Where rows are cut in their middle, both words fit.
            if case.name == "cut in a row" && other == "--tail"
                || case.rows == 4 && case.options == "--tail" && other != "--head"
            {
                continue;
            }
            let seen = office.types(&format!("-b small.toml repair {other} --reason why"));
            assert_eq!(seen.exit, Exit::Refused, "{} {other}: {seen:?}", case.name);
            assert!(seen.err.contains(&command), "{} {other}: {seen:?}", case.name);
        }
        if case.loses {
            let seen = office.types(&format!("-b small.toml repair {}", case.options));
            assert_eq!(seen.exit, Exit::Refused, "{}: {seen:?}", case.name);
            assert!(seen.err.contains("--reason"), "{}: {seen:?}", case.name);
        }
        office.types(&format!("{} --dry-run", case.line())).expect(Exit::Done);
        assert_eq!(everything(&office.files.memory), before, "{}", case.name);
    }
}

#[test]
fn after_a_repair_everything_works_again_and_nothing_is_lost() {
    for case in &CASES {
        let office = (case.begin)();
        let (ledger, head) = (office.ledger(), office.bytes(HEAD));
        for line in ["-b small.toml verify", RECORD] {
            let seen = office.types(line);
            assert_eq!(seen.exit, Exit::Integrity, "{}: {seen:?}", case.name);
            assert!(seen.err.contains("taizhang repair"), "{}: {seen:?}", case.name);
        }
        let seen = office.types(&case.line());
        assert_eq!(seen.exit, Exit::Done, "{}: {seen:?}", case.name);
        mended(&office, case, &ledger, head.as_deref(), case.name);
        for line in [&case.line(), "-b small.toml repair", &format!("-b small.toml repair {}", case.options)] {
            let before = everything(&office.files.memory);
            office.types(line).expect(Exit::Done);
            assert_eq!(everything(&office.files.memory), before, "{}: {line}", case.name);
        }
        office.types(&RECORD.replace("new", "next")).expect(Exit::Done);
        office.types("-b small.toml close 2022-01").expect(Exit::Done);
        let seen = office.types("-b small.toml verify").expect(Exit::Done);
        assert!(seen.err.contains(&format!("row {} is a repair", case.rows)), "{}: {seen:?}", case.name);
        assert_eq!(seen.err.contains("断电"), case.loses, "{}: {seen:?}", case.name);
    }
}

/// The ledger holds, its last row is the one repair, the head agrees, and what was there is kept.
#[track_caller]
fn mended(office: &Shaky, case: &Case, ledger: &[u8], head: Option<&[u8]>, context: &str) {
    let book = Book::read(&office.ledger());
    assert_eq!((book.rows.len(), book.with_id("new")), (case.rows, 1), "{context}");
    let last = book.rows.last().unwrap();
    assert_eq!((last[1].as_str(), last[2].as_str(), last[6].as_str()), ("repair", "", "0.00"), "{context}");
    let now = String::from_utf8(office.bytes(HEAD).unwrap()).unwrap();
    assert_eq!(now, format!("taizhang-head 1 {} {} {}\n", last[0], last[21], office.ledger().len()), "{context}");
    let whole = start_of_row(&office.ledger(), 1);
    assert_eq!(office.ledger()[..whole], ledger[..whole], "{context}: the old rows are the first rows");
    kept(&office.files.memory, ledger, head, context);
    // What the row names is there.
    for (name, word) in [(LEDGER, "kept="), (LEDGER, "head-kept=")] {
        if let Some(ending) = last[9].split(';').find_map(|part| part.strip_prefix(word)) {
            assert!(office.bytes(&format!("{name}{ending}")).is_some(), "{context}: {}", last[9]);
        }
    }
    let verified = office.types("-b small.toml verify");
    assert_eq!(verified.exit, Exit::Done, "{context}: {verified:?}");
}

/// The old ledger and the old head stand in some file, byte for byte, or the ledger goes on from the old one.
#[track_caller]
fn kept(memory: &Memory, ledger: &[u8], head: Option<&[u8]>, context: &str) {
    let files: Vec<Vec<u8>> = memory.names().iter().map(|name| memory.bytes(name).unwrap()).collect();
    assert!(files.iter().any(|file| file.starts_with(ledger)), "{context}: the ledger is not kept");
    let lagging = memory.bytes(LEDGER).is_some_and(|now| now.starts_with(ledger));
    let Some(head) = head else { return };
    let is_known = files.iter().any(|file| file == head);
    let had_agreed = ledger_knows(ledger, head);
    assert!(is_known || had_agreed, "{context}: the head is not kept ({lagging})");
}

/// Whether a head names a row of the ledger; then it is moved on like any other.
fn ledger_knows(ledger: &[u8], head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).into_owned();
    let words: Vec<&str> = head.split_whitespace().collect();
    let Some(bytes) = words.get(4).and_then(|bytes| bytes.parse::<usize>().ok()) else { return false };
    ledger
        .get(..bytes)
        .and_then(|rows| Book::try_read(rows).ok())
        .is_some_and(|book| book.rows.last().unwrap()[21] == words[3])
}

fn everything(memory: &Memory) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let named = |name: std::path::PathBuf| (name.clone(), memory.bytes(name).unwrap());
    let others = |name: &std::path::PathBuf| !name.to_string_lossy().ends_with(".lock");
    memory.names().into_iter().filter(others).map(named).collect()
}

const HOWS: [How; 6] =
    [How::Once(EIO), How::Once(EACCES), How::ForEver(ENOSPC), How::DoneButFailed(EIO), How::Dies, How::DiesWriting(25)];

/// Every operation of every repair fails, in every way; then the same is typed again.
#[test]
fn whatever_fails_in_a_repair_the_exit_code_says_what_the_bytes_are_and_it_can_be_repeated() {
    for case in &CASES {
        let operations = (case.begin)().operations(&case.line()).len();
        assert!(operations > 20, "{}: only {operations} operations", case.name);
        for at in 1..=operations + 1 {
            for how in HOWS {
                let office = (case.begin)();
                let (ledger, head) = (office.ledger(), office.bytes(HEAD));
                let seen = office.types_under(&case.line(), at, how);
                let context = format!("{}: operation {at} {how:?}: {seen:?}", case.name);
                kept(&office.files.memory, &ledger, head.as_deref(), &context);
                let is_dead = matches!(how, How::Dies | How::DiesWriting(_));
                match seen.exit {
                    _ if is_dead => {}
                    // A head that agreed may lag, which is said, and is no repair undone.
                    Exit::Done if seen.err.contains(".head file could not be written") => {}
                    Exit::Done | Exit::NotReported => mended(&office, case, &ledger, head.as_deref(), &context),
                    Exit::Io | Exit::Busy => {
                        assert_eq!(office.ledger(), ledger, "{context}: the ledger changed");
                        assert_eq!(office.bytes(HEAD), head, "{context}: the head changed");
                    }
                    Exit::Unknown => assert_eq!(printed_id(&seen).as_deref(), Some("new"), "{context}"),
                    Exit::No | Exit::Usage | Exit::Refused | Exit::Integrity => panic!("{context}"),
                }
                let again = office.types(&case.line());
                assert_eq!(again.exit, Exit::Done, "{context}, then again: {again:?}");
                mended(&office, case, &ledger, head.as_deref(), &format!("{context}, then again: {again:?}"));
            }
        }
    }
}

/// The same without an id of one's own: the repair that broke off is found by what it left.
#[test]
fn a_repair_that_died_is_repeated_without_an_id_too() {
    for case in &CASES {
        let line = case.line().replace(" --id new", "");
        for at in 1..=(case.begin)().operations(&line).len() {
            let office = (case.begin)();
            let (ledger, head) = (office.ledger(), office.bytes(HEAD));
            office.types_under(&line, at, How::Dies);
            let context = format!("{}: died at operation {at}", case.name);
            kept(&office.files.memory, &ledger, head.as_deref(), &context);
            let again = office.types(&line);
            assert_eq!(again.exit, Exit::Done, "{context}, then again: {again:?}");
            let repairs = Book::read(&office.ledger()).rows.iter().filter(|row| row[1] == "repair").count();
            assert_eq!(repairs, 1, "{context}, then again: {again:?}");
            office.types("-b small.toml verify").expect(Exit::Done);
        }
    }
}

/// The power fails at every operation, and the disk keeps only what it was told to keep.
#[test]
fn a_power_cut_in_a_repair_loses_nothing_and_what_was_acknowledged_stays() {
    for case in &CASES {
        for at in 1..=(case.begin)().operations(&case.line()).len() + 1 {
            for how in [How::Once(EIO), How::DoneButFailed(EIO), How::Dies] {
                let office = (case.begin)();
                let (ledger, head) = (office.ledger(), office.bytes(HEAD));
                let seen = office.types_under(&case.line(), at, how);
                for (names, contents) in [(false, false), (false, true), (true, false), (true, true)] {
                    let left = office.files.after_power_cut(names, contents);
                    let context =
                        format!("{}: operation {at} {how:?}, names {names}, contents {contents}: {seen:?}", case.name);
                    kept(&left, &ledger, head.as_deref(), &context);
                    if seen.exit == Exit::Done && how != How::Dies {
                        let verified = neighbour(&left).types("-b small.toml verify");
                        assert_eq!(verified.exit, Exit::Done, "{context}: acknowledged and lost: {verified:?}");
                    }
                    let again = neighbour(&left).types(&case.line());
                    assert_eq!(again.exit, Exit::Done, "{context}, then again: {again:?}");
                    let book = Book::read(&left.bytes(LEDGER).unwrap());
                    assert_eq!((book.rows.len(), book.with_id("new")), (case.rows, 1), "{context}");
                    kept(&left, &ledger, head.as_deref(), &context);
                    neighbour(&left).types("-b small.toml verify").expect(Exit::Done);
                }
            }
        }
    }
}

/// A row changed, taken out or put in among others: no repair touches that, with a head or without.
#[test]
fn damage_among_the_rows_is_beyond_repair() {
    let whole = office(3).ledger();
    let (third, fourth) = (start_of_row(&whole, 3), start_of_row(&whole, 2));
    let mut changed = whole.clone();
    changed[third + 60] ^= 1;
    let deleted = [&whole[..third], &whole[fourth..]].concat();
    let inserted = [&whole[..third], b"x\n", &whole[third..]].concat();
    let doubled = [&whole[..fourth], &whole[third..]].concat();
    let newer = [whole.clone(), sealed_after(&whole, &[&[(1, "quota"), (6, "5.00"), (18, "newer")]])].concat();
    for (name, damaged) in
        [("changed", changed), ("deleted", deleted), ("inserted", inserted), ("doubled", doubled), ("newer", newer)]
    {
        for with_head in [true, false] {
            let office = office(3);
            office.files.memory.put(LEDGER, damaged.clone());
            if !with_head {
                office.files.memory.remove(HEAD.as_ref()).unwrap();
            }
            let before = everything(&office.files.memory);
            for options in ["", "--head", "--tail --reason why", "--accept-missing --reason why"] {
                let seen = office.types(&format!("-b small.toml repair {options}"));
                assert_eq!(seen.exit, Exit::Integrity, "{name} {options}: {seen:?}");
                assert_eq!(everything(&office.files.memory), before, "{name} {options}");
            }
        }
    }
}

/// An id that stands on another row is refused, and so is another reason under the same id.
#[test]
fn an_id_of_another_row_is_refused() {
    let office = with_head(b"spoilt\n");
    office.types("-b small.toml repair --head --id old-1").expect(Exit::Refused);
    let office = cut_to(1, 0);
    office.types("-b small.toml repair --accept-missing --reason 断电 --id new").expect(Exit::Done);
    office.types("-b small.toml repair --accept-missing --reason 别的 --id new").expect(Exit::Refused);
    office.types("-b small.toml repair --tail --reason 断电 --id new").expect(Exit::Refused);
}

/// What was sealed and printed before a repair stays sealed, and the paper's digest is found.
#[test]
fn months_closed_before_a_repair_still_hold() {
    let office = office(2);
    office.types("-b small.toml close 2022-01").expect(Exit::Done);
    let paper = Book::read(&office.ledger()).rows.last().unwrap()[21].clone();
    office.files.memory.put(LEDGER, [office.ledger(), no_row()].concat());
    office.files.memory.remove(HEAD.as_ref()).unwrap();
    office.types("-b small.toml verify").expect(Exit::Integrity);
    office.types("-b small.toml repair --tail --reason 断电").expect(Exit::Done);
    office.types(&format!("-b small.toml verify --anchor {paper}")).expect(Exit::Done);
    let report = office.types("-b small.toml monthly 2022-01").expect(Exit::Done);
    assert!(report.out.contains(&paper[..4]), "{report:?}");
}

/// A copy may have broken off: what the row names holds all that there was.
#[test]
fn half_a_copy_is_not_what_was_kept() {
    let office = without_head(behind(&no_row()));
    let ledger = office.ledger();
    office.files.memory.put("small.csv.broken-1", &ledger[..ledger.len() - 10]);
    office.types("-b small.toml repair --tail --reason 断电").expect(Exit::Done);
    let memo = &Book::read(&office.ledger()).rows[4][9];
    assert!(memo.contains(&format!("kept=.broken-2;cut={}", no_row().len())), "{memo}");
    assert_eq!(office.bytes("small.csv.broken-2"), Some(ledger));
}

/// Where nothing is to be cut, a row that can't be written has changed nothing.
#[test]
fn a_row_that_cannot_be_written_leaves_what_was_there() {
    let line = "-b small.toml repair --accept-missing --reason 断电 --id new";
    let log = cut_to(1, 0).operations(line);
    for at in (1..).zip(log).filter(|(_, operation)| *operation == super::Operation::Append).map(|(at, _)| at) {
        let office = cut_to(1, 0);
        let before = office.ledger();
        let seen = office.types_under(line, at, How::Once(ENOSPC));
        assert_eq!(seen.exit == Exit::Io, office.ledger() == before, "append {at}: {seen:?}");
    }
}

#[test]
fn that_the_new_head_could_not_be_written_is_a_warning() {
    let line = "-b small.toml repair --tail --reason 断电";
    let office = behind(&out_of_rule());
    let log = office.operations(line);
    let rename = log.iter().rposition(|operation| *operation == super::Operation::Rename).unwrap() + 1;
    let seen = office.types_under(line, rename, How::Once(EIO)).expect(Exit::Done);
    assert!(seen.err.contains("warning: recorded, but the .head file could not be written"), "{seen:?}");
}

/// Millions of rows that are known to be on the disk are not written there again.
#[test]
fn rows_that_the_head_knows_are_not_written_anew_by_a_repair() {
    let log = behind(&out_of_rule()).operations("-b small.toml repair --tail --reason 断电");
    assert!(log.contains(&super::Operation::SetLength) && !log.contains(&super::Operation::Rewrite), "{log:?}");
}
