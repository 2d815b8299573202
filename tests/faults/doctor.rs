//! `doctor`: every finding is met once, and whatever fails, nothing that it made is left unsaid.

use std::path::PathBuf;

use taizhang::{Exit, Files, Place};

use super::failing::{EACCES, EIO, ENOSPC, How, Operation};
use super::{HEAD, LEDGER, Shaky, office, unopened};
use crate::office::Folder;

const DOCTOR: &str = "-b small.toml doctor -f json";

/// What is found under a check: its result and what to do.
#[track_caller]
fn found(office: &Shaky, check: &str) -> (String, String) {
    let seen = office.types(DOCTOR);
    let json = seen.json();
    let rows = json["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["check"] == check).unwrap_or_else(|| panic!("no {check} in {seen:?}"));
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let exit = match text("result").as_str() {
        "fault" if ["ledger", "head"].contains(&check) => Exit::Integrity,
        "fault" => Exit::No,
        _ => Exit::Done,
    };
    assert_eq!(seen.exit, exit, "{seen:?}");
    assert!(text("result") != "fault" || !text("cure").is_empty(), "{seen:?}");
    (text("result"), text("finding"))
}

fn on(change: impl Fn(&mut Place)) -> Shaky {
    let mut office = office(1);
    change(&mut office.machine.place);
    office
}

#[test]
fn where_all_is_well_it_says_so_and_leaves_nothing() {
    for office in [office(2), unopened()] {
        let names = office.files.memory.names();
        let seen = office.types(DOCTOR).expect(Exit::Done);
        assert_eq!((seen.json()["faults"].as_u64(), seen.err.as_str()), (Some(0), ""));
        assert_eq!(office.files.memory.names(), names);
    }
}

#[test]
fn every_kind_of_disk_is_called_by_its_name() {
    for (kind, result, called) in [
        ("ext4", "ok", "a local disk"),
        ("xfs", "ok", "a local disk"),
        ("nfs4", "fault", "a share"),
        ("cifs", "fault", "a share"),
        ("smb3", "fault", "a share"),
        ("9p", "fault", "a share"),
        ("fuse.sshfs", "fault", "a share"),
        ("tmpfs", "fault", "in memory"),
        ("overlay", "note", "of a container"),
        ("aufs", "note", "of a container"),
        ("vfat", "note", "a USB stick"),
        ("somefs", "note", "does not know"),
    ] {
        let (said, words) = found(&on(|place| place.file_system = Some(kind.into())), "file_system");
        assert_eq!(said, result, "{kind}");
        assert!(words.starts_with(kind) && words.contains(called), "{words}");
    }
    assert_eq!(found(&on(|place| place.file_system = None), "file_system").0, "not_checked");
    assert_eq!(found(&on(|place| place.read_only = Some(true)), "file_system").0, "fault");
    for (free, result) in
        [(100 << 20, "ok"), ((100 << 20) - 1, "note"), (10 << 20, "note"), ((10 << 20) - 1, "fault"), (0, "fault")]
    {
        assert_eq!(found(&on(|place| place.free = Some(free)), "space").0, result, "{free}");
    }
    assert_eq!(found(&on(|place| place.free = None), "space").0, "not_checked");
}

#[test]
fn rights_and_owners_are_looked_at() {
    assert_eq!(found(&on(|_| ()), "rights").0, "ok");
    assert_eq!(found(&on(|place| place.mode = Some(0o666)), "rights").0, "fault");
    let mut office = office(1);
    let other = Place { owner: Some(1001), ..office.machine.place.clone() };
    office.machine.other = Some((LEDGER, other.clone()));
    assert_eq!(found(&office, "rights").0, "note");
    // Anyone may add a name to a folder like /tmp, but not take another's away.
    let sticky = Place { mode: Some(0o1777), ..office.machine.place.clone() };
    office.machine.other = Some((".", sticky));
    assert_eq!(found(&office, "rights").0, "ok");
    // Whose a file is that has no owner, nobody knows.
    office.machine.other = Some((LEDGER, Place { owner: None, ..office.machine.place.clone() }));
    assert_eq!(found(&office, "rights").0, "ok");
    assert_eq!(found(&on(|place| (place.mode, place.owner) = (None, None)), "rights").0, "not_checked");
}

/// What was written reads back otherwise.
#[test]
fn a_disk_that_gives_back_other_bytes_is_found() {
    let appends = (1..).zip(office(1).operations(DOCTOR)).filter(|(_, operation)| *operation == Operation::Append);
    let [_first, behind, renamed] = *appends.map(|(at, _)| at).collect::<Vec<usize>>() else { panic!("three writes") };
    for (at, check) in [(behind, "append"), (renamed, "rename")] {
        let json = office(1).types_under(DOCTOR, at, How::Lies(0)).json();
        let rows = json["rows"].as_array().unwrap();
        let faults: Vec<&str> =
            rows.iter().filter(|row| row["result"] == "fault").filter_map(|row| row["check"].as_str()).collect();
        assert_eq!(faults, [check]);
    }
}

#[test]
fn a_lock_that_keeps_nobody_out_is_found() {
    let mut office = office(1);
    assert_eq!(found(&office, "lock").0, "ok");
    office.machine.second = Some(0);
    assert_eq!(found(&office, "lock").0, "fault");
    // No second process: a second handle in this one, which this file system in memory does not keep out either.
    office.machine.second = None;
    assert_eq!(found(&office, "lock").0, "fault");
    // On a real disk it does.
    let folder = Folder::new();
    let mut office = folder.opened();
    office.machine.second = None;
    let seen = office.types("doctor -f json").expect(Exit::Done);
    assert!(seen.out.contains("本进程内"), "{seen:?}");
}

/// On a real disk, which has links and rights.
#[cfg(unix)]
#[test]
fn a_ledger_under_two_names_is_found_and_a_probe_is_never_left() {
    let folder = Folder::new();
    let office = folder.opened();
    let names = || {
        let mut names: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|item| item.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let named = |office: &crate::office::Office<taizhang::Disk>| {
        let seen = office.types("doctor -f json");
        let json = seen.json();
        let rows = json["rows"].as_array().unwrap().clone();
        let row = rows.into_iter().find(|row| row["check"] == "names").unwrap_or_else(|| panic!("{seen:?}"));
        (row["result"].as_str().unwrap().to_owned(), row["finding"].as_str().unwrap().to_owned())
    };
    let before = names();
    assert_eq!(named(&office).0, "ok");
    assert_eq!(names(), before);
    let ledger = before.iter().find(|name| name.to_string_lossy().ends_with(".csv")).unwrap();
    std::fs::hard_link(folder.path().join(ledger), folder.join("second.csv")).unwrap();
    let (result, finding) = named(&office);
    assert!(result != "ok" && finding.contains('2'), "{finding}");
}

/// What a second process is asked: whether it can have the lock that the first one holds.
#[test]
fn a_lock_is_had_by_one_at_a_time_and_made_by_nobody_who_only_tries() {
    let folder = Folder::new();
    let office = folder.opened();
    let lock = "chuxiong-xinfang-2022.csv.lock";
    let tries = |name: &str| office.types(&format!("doctor --try-lock {name}")).exit;
    // A process that another test is just starting has a copy of every handle for a moment, and with it the lock.
    assert!((0..1000).any(|_| tries(lock) == Exit::Done));
    let held = std::fs::File::open(folder.join(lock)).unwrap();
    held.lock().unwrap();
    assert_eq!(tries(lock), Exit::Busy);
    assert_ne!(tries("none.lock"), Exit::Done);
    assert!(!folder.join("none.lock").exists());
}

#[test]
fn the_ledger_and_its_head_are_looked_at() {
    assert_eq!(found(&office(1), "ledger").0, "ok");
    assert_eq!(found(&unopened(), "ledger").0, "note");
    let torn = office(1);
    torn.files.memory.put(LEDGER, [torn.ledger(), b"4,exp".to_vec()].concat());
    assert_eq!(found(&torn, "ledger").0, "note");
    let broken = office(1);
    broken.files.memory.put(HEAD, "spoilt");
    // The rows hold by themselves; it is the head that does not.
    let seen = broken.types(DOCTOR).expect(Exit::Integrity);
    let result = |check: &str| {
        let json = seen.json();
        let row = json["rows"].as_array().unwrap().iter().find(|row| row["check"] == check).cloned();
        row.unwrap()["result"].clone()
    };
    assert_eq!((result("ledger"), result("head")), ("ok".into(), "fault".into()), "{seen:?}");
    let gone = office(1);
    gone.files.memory.remove(LEDGER.as_ref()).unwrap();
    assert_eq!(found(&gone, "ledger").0, "fault");
    for (name, check) in [(HEAD, "head"), ("small.csv.lock", "lock")] {
        for begin in [|| office(1), unopened as fn() -> Shaky] {
            let office = begin();
            let _ = office.files.memory.remove(name.as_ref());
            office.files.memory.put(format!("{name}/inside"), "");
            let seen = office.types(DOCTOR).expect(Exit::No);
            let json = seen.json();
            let row =
                json["rows"].as_array().unwrap().iter().find(|row| row["check"] == check && row["result"] == "fault");
            assert!(row.unwrap()["finding"].as_str().unwrap().contains("is not an ordinary file"), "{seen:?}");
            assert!(!seen.out.contains("the ledger cannot be read"), "{seen:?}");
        }
    }
    let headless = office(1);
    headless.files.memory.remove(HEAD.as_ref()).unwrap();
    assert_eq!(found(&headless, "head").0, "note");
}

#[test]
fn clock_encoding_and_screen_are_looked_at() {
    let mut behind = office(1);
    behind.today = "2022-12-01";
    assert_eq!(found(&behind, "clock").0, "fault");
    behind.today = "1999-12-31";
    assert_eq!(found(&behind, "clock").0, "fault");
    let mut plain = office(1);
    assert_eq!(found(&plain, "locale").0, "ok");
    plain.environment = vec![("LANG", "C".into())];
    assert_eq!(found(&plain, "locale").0, "note");
    plain.environment = vec![("LC_ALL", "en_US.utf8".into()), ("LANG", "C".into())];
    assert_eq!(found(&plain, "locale").0, "ok");
    plain.terminal.out = true;
    plain.terminal.width = Some(40);
    assert_eq!(found(&plain, "screen").0, "note");
}

#[test]
fn what_was_left_there_is_explained() {
    let by_writers = [".torn-1", ".new-1", ".head.new-1", ".import-1", ".probe-1"];
    for ending in by_writers.into_iter().chain([".broken-2", ".head.broken-1", ".resaved-1", ".restored"]) {
        let office = office(1);
        office.files.memory.put(format!("{LEDGER}{ending}"), "x");
        let (result, words) = found(&office, "leftovers");
        assert_eq!(result, "note", "{ending}");
        assert!(words.starts_with(&format!("{LEDGER}{ending}: ")), "{words}");
        assert!(office.bytes(&format!("{LEDGER}{ending}")).is_some(), "{ending} is not ours to take away");
    }
}

#[test]
fn without_a_budget_the_rest_is_looked_at() {
    let office = office(1);
    let seen = office.types("-b other.toml doctor -f json").expect(Exit::No);
    assert!(seen.out.contains("\"lock\"") && seen.err.contains("other.toml"), "{seen:?}");
}

/// Every operation fails: an answer comes all the same, and what could not be taken away again is named.
#[test]
fn whatever_fails_in_a_check_up_nothing_is_left_unsaid() {
    for begin in [|| office(1), unopened as fn() -> Shaky] {
        let operations = begin().operations(DOCTOR).len();
        assert!(operations > 30, "only {operations} operations");
        for at in 1..=operations {
            for how in [How::Once(EIO), How::Once(EACCES), How::DoneButFailed(EIO), How::ForEver(ENOSPC)] {
                let office = begin();
                let names = office.files.memory.names();
                let before: Vec<_> = names.iter().map(|name| office.files.memory.bytes(name)).collect();
                let seen = office.types_under(DOCTOR, at, how);
                let context = format!("operation {at} {how:?}: {seen:?}");
                assert!(matches!(seen.exit, Exit::Done | Exit::No), "{context}");
                let after: Vec<_> = names.iter().map(|name| office.files.memory.bytes(name)).collect();
                assert_eq!(after, before, "{context}");
                let left: Vec<PathBuf> =
                    office.files.memory.names().into_iter().filter(|name| !names.contains(name)).collect();
                let is_ours = |name: &PathBuf| name.to_string_lossy().contains(".probe-");
                assert!(left.iter().all(is_ours), "{context}: {left:?}");
                // A name that can't be looked at any more can't be named either; then the folder is known to be bad.
                let said = |name: &PathBuf| seen.out.contains(&*name.to_string_lossy());
                assert!(left.iter().all(said) || seen.exit == Exit::No, "{context}: {left:?}");
            }
        }
    }
}
