//! What each command asks for at a terminal, and in which order. How a question is put is `asking`'s matter; which
//! answers are good, the command's own.

use crate::domain::entry::Kind;
use crate::lang::Inquiry;

/// The questions of one command.
#[derive(Debug, Clone, Copy)]
pub(super) struct Questions {
    pub(super) steps: &'static [Step],
    /// Of these options one must be there, whichever.
    pub(super) one_of: &'static [&'static str],
    /// An option that the command cannot do without and that has no bearing on the other answers: while it isn't there
    /// yet, something stands in for it when they are tried.
    pub(super) stand_in: Option<&'static str>,
    /// Whether the ledger is offered to be opened first, where it isn't.
    pub(super) offers_to_open: bool,
}

/// One question; it is asked only where its answer isn't there already.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// An allocation from the list, under this option.
    Allocation(&'static str, Inquiry),
    Commitment,
    Fund,
    /// The date where it has no default, before anything that depends on it.
    NeededDate,
    Date,
    AddOrCut,
    Amount,
    /// An amount that need not be said.
    Part,
    NeededText(&'static str, Inquiry),
    Text(&'static str, Inquiry),
    Economic,
    /// The earlier row that a row of this kind is about.
    Row(Kind),
    Month,
}

use Step::{AddOrCut, Allocation, Amount, Commitment, Date, Economic, Fund, Month, NeededDate, Part, Row};

const PAYEE: Step = Step::Text("payee", Inquiry::Payee);
const MEMO: Step = Step::Text("memo", Inquiry::Memo);
const VOUCHER: Step = Step::Text("voucher", Inquiry::Voucher);
const PAYMENT: Step = Step::Text("payment", Inquiry::Payment);
const INVOICE: Step = Step::Text("invoice", Inquiry::Invoice);
const CONTRACT: Step = Step::Text("doc", Inquiry::Contract);
const APPROVAL: Step = Step::NeededText("doc", Inquiry::Approval);

// The commitment comes before the amount, for it decides how much may be spent.
const RECORD: [Step; 10] = [
    Allocation("allocation", Inquiry::PayingAllocation),
    Commitment,
    Fund,
    NeededDate,
    Amount,
    Date,
    PAYEE,
    MEMO,
    VOUCHER,
    Economic,
];

const COMMIT: [Step; 9] = [
    Allocation("allocation", Inquiry::PromisingAllocation),
    Fund,
    NeededDate,
    Amount,
    Date,
    PAYEE,
    MEMO,
    CONTRACT,
    Economic,
];

const ADJUST: [Step; 7] =
    [Allocation("allocation", Inquiry::ChangedAllocation), Fund, NeededDate, AddOrCut, APPROVAL, Date, MEMO];

const TRANSFER: [Step; 8] = [
    Allocation("from", Inquiry::GivingAllocation),
    Allocation("to", Inquiry::TakingAllocation),
    Fund,
    NeededDate,
    Amount,
    APPROVAL,
    Date,
    MEMO,
];

const NOTE: [Step; 7] = [NeededDate, Row(Kind::Note), VOUCHER, PAYMENT, INVOICE, MEMO, Date];

const CORRECT: [Step; 10] = [
    NeededDate,
    Row(Kind::Expense),
    Allocation("allocation", Inquiry::RightAllocation),
    Fund,
    Part,
    PAYEE,
    MEMO,
    VOUCHER,
    Economic,
    Date,
];

/// The questions of a command, if it has any.
pub(super) fn of(verb: &str) -> Option<Questions> {
    let plain = |steps| Questions { steps, one_of: &[], stand_in: None, offers_to_open: true };
    Some(match verb {
        "record" => plain(&RECORD),
        "commit" => plain(&COMMIT),
        "adjust" => Questions { stand_in: Some("doc"), ..plain(&ADJUST) },
        "transfer" => Questions { stand_in: Some("doc"), ..plain(&TRANSFER) },
        "reverse" => plain(&[NeededDate, Row(Kind::Reversal), Part, Date, VOUCHER, MEMO]),
        "refund" => plain(&[NeededDate, Row(Kind::Refund), Part, Date, PAYMENT, VOUCHER, MEMO]),
        "release" => plain(&[NeededDate, Row(Kind::Release), Part, Date, MEMO]),
        "note" => {
            Questions { stand_in: Some("memo"), one_of: &["voucher", "payment", "invoice", "memo"], ..plain(&NOTE) }
        }
        "correct" => Questions {
            stand_in: Some("memo"),
            one_of: &["allocation", "amount", "payee", "memo", "voucher", "economic"],
            ..plain(&CORRECT)
        },
        "close" => Questions { offers_to_open: false, ..plain(&[Month]) },
        _ => return None,
    })
}
