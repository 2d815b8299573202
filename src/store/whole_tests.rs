//! Whole files on a real disk, longer than what is written or read at once.

use std::fs;

use super::super::disk::Disk;
use super::*;

/// Two pieces and a half, no two stretches of which are the same.
fn long() -> Vec<u8> {
    (0..5 * PIECE as u32 / 8).flat_map(u32::to_le_bytes).collect()
}

#[test]
fn what_comes_in_small_pieces_and_large_ones_is_written_and_read_back_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::rooted(folder.path().to_owned());
    let bytes = long();
    for lengths in [vec![bytes.len()], vec![1000, 2 * PIECE, 7], vec![PIECE / 2 + 1; 4], vec![PIECE, PIECE, 5]] {
        replace_by(&disk, Path::new("whole"), |out| -> io::Result<()> {
            let mut rest = bytes.as_slice();
            for length in &lengths {
                let (piece, after) = rest.split_at((*length).min(rest.len()));
                out.write_all(piece)?;
                rest = after;
            }
            out.write_all(rest)
        })
        .expect("written");
        assert!(fs::read(folder.path().join("whole")).expect("read") == bytes, "{lengths:?}");
    }
    assert_eq!(disk.list(Path::new(".")).expect("listed"), [Path::new("whole")]);
}

#[test]
fn a_stretch_is_copied_from_its_beginning_to_its_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::rooted(folder.path().to_owned());
    let bytes = long();
    fs::write(folder.path().join("from"), &bytes).expect("a file");
    let from = disk.open(Path::new("from"), Purpose::Reading).expect("opened");
    let (start, length) = (3, bytes.len() - 5);
    let name = copy(&disk, &*from, start as u64, length as u64, Path::new("to"), ".part").expect("copied");
    assert!(fs::read(folder.path().join(name)).expect("read") == bytes[start..start + length]);
}

/// Old bytes must not follow the new ones in the file behind it.
#[cfg(unix)]
#[test]
fn through_a_link_the_file_behind_it_is_written_anew_and_the_link_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::rooted(folder.path().to_owned());
    fs::write(folder.path().join("behind"), "what stood there before").expect("a file");
    std::os::unix::fs::symlink("behind", folder.path().join("link")).expect("a link");
    replace(&disk, Path::new("link"), b"new").expect("written");
    assert_eq!(fs::read(folder.path().join("behind")).expect("read"), b"new");
    assert_eq!(disk.look(Path::new("link")).expect("looked at").map(|look| look.kind), Some(LookKind::Link));
}

#[test]
fn what_a_run_that_died_has_left_is_taken_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::rooted(folder.path().to_owned());
    fs::write(folder.path().join("whole.new-1"), "half").expect("a file");
    forget_leftover(&disk, Path::new("whole"));
    assert!(disk.list(Path::new(".")).expect("listed").is_empty());
}
