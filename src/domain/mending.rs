//! What a `repair` row says: what was mended, what was kept beside the ledger, and what was lost by it. It mends nothing.

use super::entry::Digest;

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
    /// The row whose missing line feed was put back.
    pub(crate) completed: Option<u64>,
    /// The rows that were recorded, as far as is known, and are not there any more: the first and the last.
    pub(crate) lost: Option<(u64, u64)>,
    /// What the head said, where it was given up.
    pub(crate) knew: Option<Knew>,
    pub(crate) reason: Option<String>,
}

impl Repair {
    pub(crate) fn new(mended: Mended) -> Self {
        Self { mended, kept: None, head_kept: None, cut: 0, completed: None, lost: None, knew: None, reason: None }
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
            ("completed", self.completed.map(|row| row.to_string())),
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
                "completed" => repair.completed = Some(value.parse().ok()?),
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

/// A ledger made again from what another program had saved, as its row states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restored {
    /// By what signs the other program was known, as their words stand in the row.
    pub(crate) signs: String,
    /// How many rows were restored.
    pub(crate) rows: u64,
    /// The first row that did not hold in the file that was replaced and kept; nothing where no file was replaced.
    pub(crate) damaged_from: Option<u64>,
}

impl Restored {
    /// The row's memo, in its one stable form.
    pub(crate) fn memo(&self) -> String {
        let from = self.damaged_from.map(|row| format!(";from={row}")).unwrap_or_default();
        format!("restored;signs={};rows={}{from}", self.signs, self.rows)
    }

    /// Reads such a memo.
    pub(crate) fn of_memo(memo: &str) -> Option<Self> {
        let mut parts = memo.strip_prefix("restored;signs=")?.split(';');
        let signs = parts.next()?.to_owned();
        let rows = parts.next()?.strip_prefix("rows=")?.parse().ok()?;
        let from = parts.next().map(|part| part.strip_prefix("from=")?.parse().ok());
        let damaged_from = match from {
            Some(row) => Some(row?),
            None => None,
        };
        parts.next().is_none().then_some(Self { signs, rows, damaged_from })
    }
}

/// Two ledgers, row by row from the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Compared {
    /// How many rows they have in common, and how many each has.
    pub(crate) same: u64,
    pub(crate) ledger: u64,
    pub(crate) file: u64,
    /// The ledger's row that stands where they part, if it is a repair that says rows were given up.
    pub(crate) given_up_by: Option<u64>,
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
            Repair { completed: Some(7), ..Repair::new(Mended::Tail) },
            Repair::new(Mended::Missing),
        ];
        for repair in all {
            assert_eq!(Repair::of_memo(&repair.memo()), Some(repair));
        }
        for memo in ["", "tale", "tail;cut", "tail;cut=x", "tail;lost=5", "head;head=4", "head;other=1"] {
            assert_eq!(Repair::of_memo(memo), None, "{memo}");
        }
    }

    #[test]
    fn a_restored_ledger_reads_back_from_its_memo() {
        let restored = Restored { signs: "crlf+dates".into(), rows: 7, damaged_from: Some(1) };
        for restored in [restored.clone(), Restored { damaged_from: None, ..restored }] {
            assert_eq!(Restored::of_memo(&restored.memo()), Some(restored));
        }
        for memo in
            ["restored", "restored;signs=crlf", "restored;signs=crlf;rows=7;from=", "restored;signs=x;rows=7;to=1"]
        {
            assert_eq!(Restored::of_memo(memo), None, "{memo}");
        }
    }
}
