//! Old workbooks that are damaged, or made to do harm: each ends in rows or in a problem, in little memory (Linux).

use std::fs;
use std::path::Path;

use super::super::bounds_tests::{MOST_MIB, alone, folder, peak};
use super::super::compound::Compound;
use super::super::one_file::{OneFile, fault};
use super::super::stream::Stream;
use super::super::{Cell, Grid};
use super::made::{Made, MadeSheet, Record, cell, compound, label, numbers, text, written};
use super::records::kind;
use crate::problem::{GridFault, Problem, ProblemKind};
use crate::store::disk::Disk;

const GIVEN: [&[u8]; 2] = [include_bytes!("given/libreoffice.xls"), include_bytes!("given/xlwt.xls")];

/// Reads to the end, or to the first problem.
fn read(grid: Result<Grid, Problem>) -> Result<usize, Problem> {
    let mut grid = grid?;
    let mut rows = grid.rows()?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        let place = row.place(3);
        assert!(place.excerpt.get(place.span).is_some());
    }
    Ok(count)
}

/// What is read of a file, which ends in rows or in a problem of the table.
fn ends(bytes: Vec<u8>) -> bool {
    match read(OneFile::new(bytes).open(None)) {
        Ok(_) => true,
        Err(problem) => {
            assert!(matches!(problem.kind, ProblemKind::Grid(_)), "{problem:?}");
            false
        }
    }
}

fn is_damaged(made: &Made) -> bool {
    matches!(fault(&made.file().problem()), GridFault::Damaged { .. })
}

#[test]
fn what_contradicts_itself_is_damaged() {
    let shared = |number: u32| cell(kind::SHARED_TEXT, 0, 0, &number.to_le_bytes());
    let damaged: [Vec<Record>; 10] = [
        vec![label(0, 0, "甲"), label(0, 0, "乙")],
        vec![label(0, 256, "甲")],
        vec![shared(0)],
        vec![shared(u32::MAX)],
        vec![(kind::NUMBER, numbers(&[0, 0, 0]))],
        vec![(kind::NUMBER, numbers(&[0, 0, 9, 0, 0, 0, 0]))],
        vec![(kind::SEVERAL_RK, numbers(&[0, 0, 0, 7, 0, 5]))],
        vec![(kind::SEVERAL_RK, numbers(&[0]))],
        vec![(kind::TEXT, numbers(&[0, 0, 0, 0xFFFF, 1]))],
        vec![(kind::ROW, numbers(&[0]))],
    ];
    for records in damaged {
        assert!(is_damaged(&Made::of(records.clone())), "{records:?}");
    }
    // A text's narrow half at the end of a record, and a table of texts that promises four billion and has one.
    let half = Made::of(vec![shared(0)]).with(kind::SHARED_TEXTS, vec![1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 65]);
    assert!(is_damaged(&half));
    let promised = [vec![0xFF; 8], vec![1, 0, 0, 65]].concat();
    let promising = Made::of(vec![shared(0)]).with(kind::SHARED_TEXTS, promised.clone());
    assert_eq!(promising.file().cells(), [["A"]]);
    assert!(is_damaged(&Made::of(vec![shared(1)]).with(kind::SHARED_TEXTS, promised)));
    // What stands where a sheet should begin is the beginning of the workbook, or a record that only has its number.
    let begins = |bytes: &[u8]| {
        let mut stream = Made::of(vec![]).stream();
        let listed = stream.windows(2).position(|two| two == kind::SHEET.to_le_bytes()).expect("a sheet") + 4;
        let start = u32::try_from(stream.len()).expect("small").to_le_bytes();
        stream[listed..listed + 4].copy_from_slice(if bytes.is_empty() { &[0; 4] } else { &start });
        !ends(compound("Workbook", &[&stream, bytes].concat()))
    };
    assert!(begins(&[]));
    assert!(begins(&written(&[(0x0208, numbers(&[0, 0x10, 0, 0, 0, 0, 0])), (kind::END, vec![])])));
    assert!(!begins(&written(&[(kind::BEGIN, numbers(&[0x0600, 0x10])), (kind::END, vec![])])));
    let mut not_a_sheet = Made::of(vec![]).stream();
    not_a_sheet.truncate(not_a_sheet.len() - 24);
    assert!(!ends(compound("Workbook", &not_a_sheet)));
}

#[test]
fn a_workbook_has_as_many_styles_as_it_can_number() {
    let styles = |count: usize| {
        let mut made = Made::of(vec![label(0, 0, "甲")]);
        made.globals = vec![(kind::STYLE, vec![0; 4]); count];
        made
    };
    assert_eq!(styles(65_536).file().cells(), [["甲"]]);
    assert!(is_damaged(&styles(65_537)));
}

#[test]
fn a_workbook_has_as_many_sheets_as_it_can_number() {
    let sheets = |count: usize| {
        let mut made = Made::of(vec![]);
        made.sheets = vec![MadeSheet::of(vec![]); count];
        made.file().open(Some("Sheet1")).is_ok()
    };
    assert!(sheets(65_535));
    assert!(!sheets(65_536));
}

#[test]
fn a_stream_that_says_it_is_larger_than_is_read_is_refused() {
    let file = OneFile::new(compound("stream", &[7; 5_000]));
    let opened = Compound::open(Stream::open(&file, Path::new("table")).expect("a file"));
    let mut opened = opened.expect("a compound file");
    let (_, length) = opened.part("stream", 0, 5_000).expect("as large as is read");
    assert_eq!(length, 5_000);
    let problem = opened.part("stream", 0, 4_999).expect_err("larger");
    assert!(matches!(fault(&problem), GridFault::TooLarge { most: 4_999, .. }), "{problem:?}");
}

#[test]
fn a_sheet_of_which_a_glance_saw_nothing_and_not_the_end_is_not_taken_for_empty() {
    // A mebibyte is looked at; these are 4 KiB each.
    let found = |blanks: usize| {
        let mut made = Made::of(vec![label(0, 0, "甲")]);
        made.sheets.push(MadeSheet::of(vec![(0x0201, vec![0; 4_092]); blanks]));
        made.file().open(None).is_ok()
    };
    assert!(found(256));
    assert!(!found(257));
}

#[test]
fn a_workbook_cut_anywhere_ends_in_a_problem() {
    let texts = [vec![1, 0, 0, 0, 2, 0, 0, 0], text("费用"), text("a")].concat();
    let made = Made::of(vec![label(0, 0, "甲"), cell(kind::SHARED_TEXT, 1, 0, &[1, 0, 0, 0])])
        .with(kind::SHARED_TEXTS, texts)
        .with(kind::CONTINUE, vec![0, 1, 2]);
    let stream = made.stream();
    assert!(ends(compound("Workbook", &stream)));
    for length in 0..stream.len() {
        assert!(!ends(compound("Workbook", &stream[..length])), "{length}");
    }
}

#[test]
fn chains_of_sectors_that_run_in_circles_end() {
    for given in GIVEN {
        // The first table of sectors stands where the header says, and each chain is made to run back in turn.
        let sector = usize::try_from(u32::from_le_bytes(given[76..80].try_into().expect("four bytes"))).expect("small");
        let table = 512 * (sector + 1);
        for entry in 0..given.len() / 512 {
            for back in 0..=entry {
                let mut bytes = given.to_vec();
                let place = table + 4 * entry;
                bytes[place..place + 4].copy_from_slice(&u32::try_from(back).expect("small").to_le_bytes());
                ends(bytes);
            }
        }
    }
}

/// The next of a sequence that looks like chance and is always the same.
fn roll(state: &mut u64, below: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 16).unwrap_or(0) % below
}

/// Changes, cuts out or doubles some bytes.
fn mangle(bytes: &mut Vec<u8>, state: &mut u64) {
    for _ in 0..=roll(state, 4) {
        let place = roll(state, bytes.len());
        let end = (place + 1 + roll(state, 64)).min(bytes.len());
        match roll(state, 8) {
            0 => drop(bytes.drain(place..end)),
            1 => {
                let doubled = bytes[place..end].to_vec();
                bytes.splice(place..place, doubled);
            }
            2 => bytes[place..end].fill(0xFF),
            3 => bytes[place..end].fill(0),
            4 => bytes.truncate(place.max(1)),
            _ => bytes[place] = u8::try_from(roll(state, 256)).expect("a byte"),
        }
    }
}

#[test]
fn however_an_old_workbook_is_mangled_it_ends_in_rows_or_in_a_problem() {
    const NAME: &str = "however_an_old_workbook_is_mangled_it_ends_in_rows_or_in_a_problem";
    if folder().is_none() {
        return alone(module_path!(), NAME, |_| {});
    }
    let mut state = 0x9E37_79B9_7F4A_7C15;
    let (mut read, mut refused) = (0, 0);
    for round in 0..20_000 {
        let given = GIVEN[round % GIVEN.len()];
        let bytes = if round % 4 < 2 {
            // The container as well as what it holds.
            let mut bytes = given.to_vec();
            mangle(&mut bytes, &mut state);
            bytes
        } else {
            // Only the records, so that the container is not what stops them.
            let mut file = cfb::CompoundFile::open(std::io::Cursor::new(given)).expect("a good one");
            let mut stream = Vec::new();
            let mut part = file.open_stream("Workbook").expect("a workbook");
            std::io::Read::read_to_end(&mut part, &mut stream).expect("memory gives it");
            mangle(&mut stream, &mut state);
            compound("Workbook", &stream)
        };
        if ends(bytes) {
            read += 1;
        } else {
            refused += 1;
        }
    }
    assert!(read > 1_000 && refused > 1_000, "{read} were read and {refused} refused: the mangling proves nothing");
    assert!(peak() < MOST_MIB, "{} MiB", peak());
}

fn opened(path: &Path) -> Result<Grid, Problem> {
    Grid::open(&Disk::default(), path, None)
}

#[test]
fn the_largest_sheet_takes_no_more_memory_than_a_small_one() {
    const NAME: &str = "the_largest_sheet_takes_no_more_memory_than_a_small_one";
    let Some(folder) = folder() else {
        return alone(module_path!(), NAME, |path| {
            let row = |row: u16| {
                let cells = [0, 0, 6, 0, 0, 0].repeat(256);
                (kind::SEVERAL_RK, [numbers(&[row, 0]), cells, numbers(&[255])].concat())
            };
            fs::write(path, compound("Workbook", &Made::of((0..=u16::MAX).map(row).collect()).stream()))
                .expect("a file");
        });
    };
    let mut grid = opened(&folder.join("table")).expect("a table");
    let mut rows = grid.rows().expect("rows");
    let (mut count, mut last) = (0, 0);
    while let Some(row) = rows.next().expect("a row") {
        count += 1;
        last = row.number();
        assert_eq!((row.cells().count(), row.cell(255)), (256, Cell::Number("1")));
    }
    assert_eq!((count, last), (65_536, 65_536));
    assert!(peak() < MOST_MIB, "{} MiB", peak());
}

#[test]
fn what_promises_or_holds_without_end_is_refused_in_little_memory() {
    const NAME: &str = "what_promises_or_holds_without_end_is_refused_in_little_memory";
    let Some(folder) = folder() else {
        return alone(module_path!(), NAME, |path| {
            let write = |name: &str, made: &Made| {
                fs::write(path.with_extension(name), compound("Workbook", &made.stream())).expect("a file");
            };
            let shared = cell(kind::SHARED_TEXT, 0, 0, &[0; 4]);
            let texts = |each: &[u8], records: usize| {
                let block = each.repeat(8_000 / each.len());
                let mut made = Made::of(vec![shared.clone()]).with(kind::SHARED_TEXTS, vec![0xFF; 8]);
                for _ in 0..records {
                    made = made.with(kind::CONTINUE, block.clone());
                }
                made
            };
            write("empty-texts", &texts(&[0, 0, 0], 1_000));
            write(
                "long-texts",
                &texts(&[[1_000_u16.to_le_bytes(), [0, 0]].concat()[..3].to_vec(), vec![0xE9; 1_000]].concat(), 4_000),
            );
            let mut styles = Made::of(vec![]);
            styles.globals = vec![(kind::STYLE, vec![0; 20]); 100_000];
            write("styles", &styles);
            // Five thousand sheets, each a million cells of nothing before it has something.
            let mut sheets = Made::of(vec![(0x0201, vec![0; 6]); 200_000]);
            sheets.sheets[0].records.push(label(0, 0, "甲"));
            sheets.sheets.extend((0..5_000).map(|_| MadeSheet::of(vec![label(0, 0, "乙")])));
            write("sheets", &sheets);
            let mut same = sheets.stream();
            let first =
                same.windows(4).position(|window| window[..2] == kind::SHEET.to_le_bytes()).expect("a sheet") + 4;
            let start: [u8; 4] = same[first..first + 4].try_into().expect("four bytes");
            let each = same[first - 2] as usize + 4;
            for sheet in 0..5_000 {
                let place = first + sheet * each;
                same[place..place + 4].copy_from_slice(&start);
            }
            fs::write(path.with_extension("same-sheets"), compound("Workbook", &same)).expect("a file");
        });
    };
    let mut names = Vec::new();
    for file in fs::read_dir(&folder).expect("a folder") {
        let path = file.expect("a file").path();
        let problem = read(opened(&path)).expect_err("a bomb");
        assert!(matches!(problem.kind, ProblemKind::Grid(_)), "{} {problem:?}", path.display());
        assert!(peak() < MOST_MIB, "{}: {} MiB", path.display(), peak());
        names.push(path);
    }
    assert_eq!(names.len(), 5);
}
