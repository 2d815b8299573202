//! What a `repair` row says: what was mended, what was kept beside the ledger, and what was lost by it. It mends nothing.

use super::entry::Digest;

/// What the memo of a row begins with that says the ledger was restored, and the file it replaced kept.
pub(crate) const RESTORED: &str = "restored;";

/// What is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mended {
    /// The .head file: unreadable, or of another book.
    Head,
    /// Bytes behind the last row that stands whole.
    Tail,
    /// Rows that were recorded and are gone.
    Missing,
}

impl Mended {
    const ALL: [Self; 3] = [Self::Head, Self::Tail, Self::Missing];

    /// The word in the row.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Tail => "tail",
            Self::Missing => "missing",
        }
    }

    /// The option that asks for it.
    pub(crate) fn option(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Tail => "tail",
            Self::Missing => "accept-missing",
        }
    }
}

/// What the head said before it was mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Knew {
    /// It could not be read.
    Unreadable,
    Rows {
        seq: u64,
        digest: Digest,
        bytes: u64,
    },
}

/// A repair, as its row states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repair {
    pub(crate) mended: Mended,
    /// What the name of the kept ledger ends in, and that of the kept head: `.broken-1`.
    pub(crate) kept: Option<String>,
    pub(crate) head_kept: Option<String>,
    /// How many bytes were cut.
    pub(crate) cut: u64,
    /// The rows that were recorded, as far as is known, and are not there any more: the first and the last.
    pub(crate) lost: Option<(u64, u64)>,
    /// What the head said, where it was given up.
    pub(crate) knew: Option<Knew>,
    pub(crate) reason: Option<String>,
}

impl Repair {
    pub(crate) fn new(mended: Mended) -> Self {
        Self { mended, kept: None, head_kept: None, cut: 0, lost: None, knew: None, reason: None }
    }

    /// The row's memo, in its one stable form.
    pub(crate) fn memo(&self) -> String {
        let knew = |knew: Knew| match knew {
            Knew::Unreadable => "unreadable".to_owned(),
            Knew::Rows { seq, digest, bytes } => format!("{seq}:{digest}:{bytes}"),
        };
        let fields = [
            ("kept", self.kept.clone()),
            ("head-kept", self.head_kept.clone()),
            ("cut", (self.cut > 0).then(|| self.cut.to_string())),
            ("lost", self.lost.map(|(first, last)| format!("{first}-{last}"))),
            ("head", self.knew.map(knew)),
            // Last, for what people write may hold anything.
            ("reason", self.reason.clone()),
        ];
        let said = fields.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        std::iter::once(self.mended.key().to_owned()).chain(said).collect::<Vec<_>>().join(";")
    }

    /// Reads such a memo.
    pub(crate) fn of_memo(memo: &str) -> Option<Self> {
        let (facts, reason) = match memo.split_once(";reason=") {
            Some((facts, reason)) => (facts, Some(reason.to_owned())),
            None => (memo, None),
        };
        let mut parts = facts.split(';');
        let word = parts.next()?;
        let mended = Mended::ALL.into_iter().find(|mended| mended.key() == word)?;
        let mut repair = Self { reason, ..Self::new(mended) };
        for part in parts {
            let (name, value) = part.split_once('=')?;
            match name {
                "kept" => repair.kept = Some(value.to_owned()),
                "head-kept" => repair.head_kept = Some(value.to_owned()),
                "cut" => repair.cut = value.parse().ok()?,
                "lost" => {
                    let (first, last) = value.split_once('-')?;
                    repair.lost = Some((first.parse().ok()?, last.parse().ok()?));
                }
                "head" if value == "unreadable" => repair.knew = Some(Knew::Unreadable),
                "head" => {
                    let mut words = value.split(':');
                    let (seq, digest) = (words.next()?.parse().ok()?, Digest::canonical(words.next()?)?);
                    repair.knew = Some(Knew::Rows { seq, digest, bytes: words.next()?.parse().ok()? });
                }
                _ => return None,
            }
        }
        Some(repair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repair_reads_back_from_its_memo() {
        let head = Repair { head_kept: Some(".head.broken-1".into()), ..Repair::new(Mended::Head) };
        let all = [
            Repair { knew: Some(Knew::Unreadable), ..head.clone() },
            Repair { knew: Some(Knew::Rows { seq: 4, digest: Digest([7; 32]), bytes: 900 }), ..head.clone() },
            Repair {
                kept: Some(".broken-2".into()),
                cut: 812,
                lost: Some((5, 6)),
                reason: Some("断电;cut=1;reason=2".into()),
                ..Repair { mended: Mended::Tail, ..head }
            },
            Repair::new(Mended::Missing),
        ];
        for repair in all {
            assert_eq!(Repair::of_memo(&repair.memo()), Some(repair));
        }
        for memo in ["", "tale", "tail;cut", "tail;cut=x", "tail;lost=5", "head;head=4", "head;other=1"] {
            assert_eq!(Repair::of_memo(memo), None, "{memo}");
        }
    }
}
