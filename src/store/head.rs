//! `<ledger>.head`: how far the ledger was known to reach, kept outside it, so that a cut at a row's border is found.
//! It lags at worst; it never runs ahead of what is durable.

use std::io;
use std::path::Path;

use super::files::{Files, LookKind, Purpose, beside, read_stretch};
use super::whole;
use crate::domain::entry::{Digest, whole_number};
use crate::problem::{Doing, FileFault, LedgerFault, Problem};

/// The last acknowledged row, its digest, and the ledger's length in bytes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) seq: u64,
    pub(crate) digest: Digest,
    pub(crate) bytes: u64,
}

/// The longest head file, in bytes: three words, two numbers and a digest.
const LONGEST: u64 = 256;

impl Head {
    fn written(&self) -> String {
        format!("taizhang-head 1 {} {} {}\n", self.seq, self.digest, self.bytes)
    }

    fn parsed(text: &str) -> Option<Self> {
        let mut words = text.strip_suffix('\n')?.strip_prefix("taizhang-head 1 ")?.split(' ');
        let head = Self {
            seq: whole_number(words.next()?)?,
            digest: Digest::canonical(words.next()?)?,
            bytes: whole_number(words.next()?)?,
        };
        (head.written() == text).then_some(head)
    }
}

/// Reads the head beside a ledger; `None` when there is none.
pub(crate) fn read(files: &dyn Files, ledger: &Path) -> Result<Option<Head>, Problem> {
    let path = beside(ledger, ".head");
    let failed = |error| Problem::from(FileFault::Io { doing: Doing::Reading, path: path.clone(), error });
    let Some(look) = files.look(&path).map_err(failed)? else { return Ok(None) };
    if look.kind != LookKind::Regular {
        return Err(FileFault::NotRegular { path }.into());
    }
    let file = files.open(&path, Purpose::Reading).map_err(failed)?;
    // The name may have been given to a new file since; only the handle knows the length of what it reads.
    let length = file.look().map_err(failed)?.length.min(LONGEST);
    let bytes = read_stretch(&*file, 0, usize::try_from(length).unwrap_or(0)).map_err(failed)?;
    let head = String::from_utf8(bytes).ok().and_then(|text| Head::parsed(&text));
    head.map(Some).ok_or_else(|| LedgerFault::HeadUnreadable.into())
}

/// Whether the head stands, byte for byte, in the copy of it whose name ends so.
pub(super) fn is_copied(files: &dyn Files, ledger: &Path, ending: &str) -> io::Result<bool> {
    let bytes = |path: &Path| match files.look(path)? {
        Some(look) if look.kind == LookKind::Regular => {
            let file = files.open(path, Purpose::Reading)?;
            let length = file.look()?.length.min(LONGEST);
            read_stretch(&*file, 0, usize::try_from(length).unwrap_or(0)).map(Some)
        }
        Some(_) | None => Ok(None),
    };
    let now = bytes(&beside(ledger, ".head"))?;
    Ok(now.is_some() && now == bytes(&beside(ledger, ending))?)
}

/// Writes the first head of a ledger: the power may fail, and there is one afterwards.
pub(crate) fn found(files: &dyn Files, ledger: &Path, head: &Head) -> io::Result<()> {
    write(files, ledger, head).and_then(|()| whole::sync_name(files, ledger))
}

/// Writes the head beside a ledger: beside, synced, renamed. The caller holds the ledger's lock.
pub(crate) fn write(files: &dyn Files, ledger: &Path, head: &Head) -> io::Result<()> {
    let path = beside(ledger, ".head");
    whole::forget_leftover(files, &path);
    whole::replace_like(files, &path, ledger, head.written().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::disk::Disk;
    use super::*;

    #[test]
    fn a_head_is_copied_only_where_both_stand_with_the_same_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk::rooted(folder.path().to_owned());
        let copied = || is_copied(&disk, Path::new("l.csv"), ".head-1").expect("looked at");
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
        assert!(!copied(), "neither stands");
        put("l.csv.head", "a head\n");
        assert!(!copied(), "no copy stands");
        put("l.csv.head-1", "a hoax\n");
        assert!(!copied(), "another text");
        put("l.csv.head-1", "a head\n");
        assert!(copied());
        std::fs::remove_file(folder.path().join("l.csv.head")).expect("removed");
        assert!(!copied(), "no head stands");
        std::fs::create_dir(folder.path().join("l.csv.head")).expect("a folder");
        assert!(!copied(), "a folder is no head");
    }

    #[test]
    fn a_head_reads_back_and_nothing_else_is_one() {
        let head = Head { seq: 26, digest: Digest([3; 32]), bytes: 6_001 };
        assert_eq!(Head::parsed(&head.written()), Some(head));
        let good = head.written();
        for text in [
            "",
            "\n",
            good.trim_end(),
            &good.replace("head 1", "head 2"),
            &good.replace(" 26 ", " 026 "),
            &(good.clone() + "\n"),
            &good.replace("6001", "6001 7"),
        ] {
            assert_eq!(Head::parsed(text), None, "{text:?}");
        }
    }
}
