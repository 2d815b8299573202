//! One row of the ledger: what it may be called and what it holds. How it stands in bytes is `store`'s matter.

use super::amount::Amount;
use super::budget::Fund;
use super::calendar::Date;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Open,
    Budget,
    Adjustment,
    Commitment,
    Release,
    Expense,
    Reversal,
    Refund,
    Note,
    Close,
    Repair,
}

/// The one figure a money row moves (design §3, law 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moves {
    Original,
    Adjusted,
    Committed,
    Spent,
    Nothing,
}

impl Kind {
    pub(crate) const ALL: [Self; 11] = [
        Self::Open,
        Self::Budget,
        Self::Adjustment,
        Self::Commitment,
        Self::Release,
        Self::Expense,
        Self::Reversal,
        Self::Refund,
        Self::Note,
        Self::Close,
        Self::Repair,
    ];

    /// The word in the file.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Budget => "budget",
            Self::Adjustment => "adjustment",
            Self::Commitment => "commitment",
            Self::Release => "release",
            Self::Expense => "expense",
            Self::Reversal => "reversal",
            Self::Refund => "refund",
            Self::Note => "note",
            Self::Close => "close",
            Self::Repair => "repair",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    pub(crate) fn moves(self) -> Moves {
        match self {
            Self::Budget => Moves::Original,
            Self::Adjustment => Moves::Adjusted,
            Self::Commitment | Self::Release => Moves::Committed,
            Self::Expense | Self::Reversal | Self::Refund => Moves::Spent,
            Self::Open | Self::Note | Self::Close | Self::Repair => Moves::Nothing,
        }
    }

    /// Whether an amount has the sign this kind must have.
    pub(crate) fn allows(self, amount: Amount) -> bool {
        match self {
            Self::Expense | Self::Commitment => amount.is_positive(),
            Self::Reversal | Self::Refund | Self::Release => amount.is_negative(),
            Self::Budget => !amount.is_negative(),
            Self::Adjustment => true,
            Self::Open | Self::Note | Self::Close | Self::Repair => amount.is_zero(),
        }
    }

    /// Whether a row of this kind refers to an earlier one: always, never, or sometimes (`None`).
    pub(crate) fn refers(self) -> Option<bool> {
        match self {
            Self::Release | Self::Reversal | Self::Refund => Some(true),
            Self::Open | Self::Budget | Self::Commitment | Self::Close => Some(false),
            Self::Adjustment | Self::Expense | Self::Note | Self::Repair => None,
        }
    }
}

/// What a row says, apart from its place in the ledger. `Text` is `&str` for a row being read and `String` for one kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Particulars<Text> {
    pub(crate) kind: Kind,
    /// Accounting date; only a `repair` row has none.
    pub(crate) date: Option<Date>,
    /// 业务日期, informative.
    pub(crate) occurred: Option<Date>,
    pub(crate) allocation: Text,
    pub(crate) fund: Option<Fund>,
    /// In 元, signed.
    pub(crate) amount: Amount,
    pub(crate) plan: Text,
    pub(crate) payee: Text,
    pub(crate) memo: Text,
    pub(crate) voucher: Text,
    pub(crate) payment: Text,
    pub(crate) economic: Text,
    pub(crate) method: Text,
    pub(crate) invoice: Text,
    /// `ref`: the seq of the row this one refers to.
    pub(crate) refers_to: Option<u64>,
    pub(crate) doc: Text,
}

impl Particulars<String> {
    /// A row of this kind with everything else empty.
    pub(crate) fn new(kind: Kind, date: Date) -> Self {
        Self {
            kind,
            date: Some(date),
            occurred: None,
            allocation: String::new(),
            fund: None,
            amount: Amount::ZERO,
            plan: String::new(),
            payee: String::new(),
            memo: String::new(),
            voucher: String::new(),
            payment: String::new(),
            economic: String::new(),
            method: String::new(),
            invoice: String::new(),
            refers_to: None,
            doc: String::new(),
        }
    }
}

impl<Text: AsRef<str>> Particulars<Text> {
    /// The same with its texts kept.
    pub(crate) fn kept(&self) -> Particulars<String> {
        let text = |text: &Text| text.as_ref().to_owned();
        Particulars {
            kind: self.kind,
            date: self.date,
            occurred: self.occurred,
            allocation: text(&self.allocation),
            fund: self.fund,
            amount: self.amount,
            plan: text(&self.plan),
            payee: text(&self.payee),
            memo: text(&self.memo),
            voucher: text(&self.voucher),
            payment: text(&self.payment),
            economic: text(&self.economic),
            method: text(&self.method),
            invoice: text(&self.invoice),
            refers_to: self.refers_to,
            doc: text(&self.doc),
        }
    }
}

/// `2of3`: the row's place among rows that stand or fall together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Batch {
    pub(crate) place: u64,
    pub(crate) count: u64,
}

impl Batch {
    pub(crate) fn is_last(self) -> bool {
        self.place == self.count
    }

    /// Reads `2of3`: both without leading zeros, the place within the count, the count at least two.
    pub(crate) fn canonical(text: &str) -> Option<Self> {
        // One character is sooner found than two, and every row of a large ledger has been imported.
        let (place, count) = text.split_once('o').and_then(|(place, rest)| Some((place, rest.strip_prefix('f')?)))?;
        let batch = Self { place: whole_number(place)?, count: whole_number(count)? };
        (batch.count >= 2 && batch.place <= batch.count).then_some(batch)
    }
}

/// Reads a positive whole number in its one written form, without sign or leading zero.
pub(crate) fn whole_number(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 18 || bytes[0] == b'0' {
        return None;
    }
    bytes.iter().try_fold(0_u64, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0')))
}

/// A row in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry<Text> {
    /// 1, 2, 3 … without gaps.
    pub(crate) seq: u64,
    pub(crate) what: Particulars<Text>,
    pub(crate) batch: Option<Batch>,
    /// The caller's idempotency key; in a batch row 1 carries it.
    pub(crate) id: Text,
    pub(crate) by: Text,
    /// RFC 3339.
    pub(crate) at: Text,
    pub(crate) digest: Digest,
}

impl<Text: AsRef<str>> Entry<Text> {
    /// The same with its texts kept.
    pub(crate) fn kept(&self) -> Entry<String> {
        Entry {
            seq: self.seq,
            what: self.what.kept(),
            batch: self.batch,
            id: self.id.as_ref().to_owned(),
            by: self.by.as_ref().to_owned(),
            at: self.at.as_ref().to_owned(),
            digest: self.digest,
        }
    }
}

#[cfg(test)]
impl Entry<&'static str> {
    /// A row of this kind on a day, and nothing else in it.
    pub(crate) fn bare(seq: u64, kind: Kind, date: Date) -> Self {
        let what = Particulars {
            kind,
            date: Some(date),
            occurred: None,
            allocation: "",
            fund: None,
            amount: Amount::ZERO,
            plan: "",
            payee: "",
            memo: "",
            voucher: "",
            payment: "",
            economic: "",
            method: "",
            invoice: "",
            refers_to: None,
            doc: "",
        };
        Self { seq, what, batch: None, id: "", by: "", at: "", digest: Digest::default() }
    }
}

/// Each byte as two lower-case hex digits.
const HEX: [[u8; 2]; 256] = {
    let digits = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        pairs[byte] = [digits[byte / 16], digits[byte % 16]];
        byte += 1;
    }
    pairs
};

/// A row's SHA-256, as 32 bytes; it seals the row and all before it.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Digest(pub(crate) [u8; 32]);

impl Digest {
    /// Reads 64 lower-case hex digits.
    pub(crate) fn canonical(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 64 {
            return None;
        }
        let nibble = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(bytes.chunks_exact(2)) {
            *byte = nibble(pair[0])? * 16 + nibble(pair[1])?;
        }
        Some(Self(digest))
    }

    /// Whether this is how the digest is written.
    pub(crate) fn is_written(&self, text: &str) -> bool {
        self.digits() == *text.as_bytes()
    }

    fn digits(&self) -> [u8; 64] {
        let mut digits = [0; 64];
        for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(self.0) {
            *pair = HEX[usize::from(byte)];
        }
        digits
    }

    /// Reads a digest as paper carries it: any case, in groups with blanks or hyphens between.
    pub(crate) fn typed(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|character| !character.is_whitespace() && *character != '-').collect();
        Self::canonical(&plain.to_ascii_lowercase())
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(std::str::from_utf8(&self.digits()).expect("digits are plain letters"))
    }
}

// No test can tell: it is seen where a test has failed.
impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// 发票号码: 20 digits, or `代码-号码` with a code of 10 or 12 digits and a number of 8; several joined by `;`.
pub(crate) fn invoices(text: &str) -> Option<Vec<&str>> {
    let digits =
        |text: &str, lengths: &[usize]| lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut numbers = Vec::new();
    for number in text.split(';') {
        let good = match number.split_once('-') {
            None => digits(number, &[20]),
            Some((code, number)) => digits(code, &[10, 12]) && digits(number, &[8]),
        };
        if !good || numbers.contains(&number) {
            return None;
        }
        numbers.push(number);
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_place_has_one_written_form() {
        assert_eq!(Batch::canonical("2of3"), Some(Batch { place: 2, count: 3 }));
        for text in
            ["", "1of1", "0of2", "3of2", "01of2", "1of02", "1 of 2", "of2", "1of", "1OF2", "+1of2", "1o2", "1ofof2"]
        {
            assert_eq!(Batch::canonical(text), None, "{text}");
        }
    }

    #[test]
    fn a_whole_number_has_eighteen_digits_at_most() {
        assert_eq!(whole_number("1"), Some(1));
        assert_eq!(whole_number("999999999999999999"), Some(999_999_999_999_999_999));
        for text in ["", "0", "01", "+1", "1 ", "1000000000000000000", "99999999999999999999999"] {
            assert_eq!(whole_number(text), None, "{text}");
        }
    }

    #[test]
    fn an_invoice_is_twenty_digits_or_code_and_number() {
        assert_eq!(invoices("12345678901234567890").map(|all| all.len()), Some(1));
        assert_eq!(invoices("053001900104-12345678;0530019001-12345678").map(|all| all.len()), Some(2));
        for text in [
            "",
            "1234",
            "053001900104-1234567",
            "0530019-12345678",
            "12345678901234567890;12345678901234567890",
            "１2345678901234567890",
        ] {
            assert_eq!(invoices(text), None, "{text}");
        }
    }

    #[test]
    fn a_digest_reads_back_from_file_and_paper() {
        let digest = Digest([0xa7; 32]);
        assert_eq!(Digest::canonical(&digest.to_string()), Some(digest));
        assert!(digest.is_written(&digest.to_string()) && !digest.is_written(&"a8".repeat(32)));
        let paper = digest
            .to_string()
            .to_uppercase()
            .as_bytes()
            .chunks(4)
            .map(|four| String::from_utf8_lossy(four).into_owned())
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!((Digest::typed(&paper), Digest::canonical(&paper)), (Some(digest), None));
        assert_eq!(Digest::canonical(&"g".repeat(64)), None);
    }
}
