//! What is asked step by step at a terminal.

use crate::domain::capitals::capitals;
use crate::domain::entry::Kind;
use crate::lang::{Choice, Inquiry, Manner};

pub(in crate::lang) fn text(inquiry: &Inquiry) -> String {
    match inquiry {
        Inquiry::PayingAllocation => "Which allocation pays?".into(),
        Inquiry::PromisingAllocation => "Which allocation is the money set aside in?".into(),
        Inquiry::ChangedAllocation => "Which allocation changes?".into(),
        Inquiry::GivingAllocation => "Which allocation gives?".into(),
        Inquiry::TakingAllocation => "Which allocation takes?".into(),
        Inquiry::RightAllocation => "Which allocation should it have been?".into(),
        Inquiry::Commitment => "Spend against which commitment?".into(),
        Inquiry::Fund => "Which fund pays?".into(),
        Inquiry::AddOrCut => "Add or cut?".into(),
        Inquiry::Amount => "How much, in yuan?".into(),
        Inquiry::AmountRight(amount) => format!("{} yuan, {}. Right?", amount.grouped(), capitals(*amount)),
        Inquiry::Date => "Accounting date?".into(),
        Inquiry::Payee => "Who was paid?".into(),
        Inquiry::Memo => "What was it for (摘要)?".into(),
        Inquiry::Voucher => "Voucher number (凭证号)?".into(),
        Inquiry::Payment => "Payment order or bank reference (支付令号)?".into(),
        Inquiry::Invoice => "Invoice number?".into(),
        Inquiry::Economic | Inquiry::EconomicOf => "Economic class (款)?".into(),
        Inquiry::Approval => "Number of the approving document (文号)?".into(),
        Inquiry::Contract => "Contract or document number?".into(),
        Inquiry::Row(Kind::Reversal) => "Which expense is reversed?".into(),
        Inquiry::Row(Kind::Refund) => "Money of which expense came back?".into(),
        Inquiry::Row(Kind::Release) => "Which commitment is let go?".into(),
        Inquiry::Row(Kind::Note) => "Which row is the note on?".into(),
        Inquiry::Row(_) => "Which expense is corrected?".into(),
        Inquiry::RowByNumber(Kind::Release) => "Row or contract number?".into(),
        Inquiry::RowByNumber(_) => "Row or voucher number?".into(),
        Inquiry::Month => "Close through which month?".into(),
        Inquiry::ToWrite => "Record it? (yes/no/change)".into(),
        Inquiry::ToClose => "Close it? (yes/no/change)".into(),
    }
}

pub(in crate::lang) fn hint(inquiry: &Inquiry) -> &'static str {
    match inquiry {
        Inquiry::Amount => "such as 1234.50, 1,234.50 or 0.12万元",
        Inquiry::AmountRight(_) => "Enter if so; if not, type the amount again",
        Inquiry::Date => "such as 2022-01-05",
        Inquiry::Invoice => "several are joined by ;",
        Inquiry::Economic => "such as 30211",
        Inquiry::ToWrite => "`change` goes through the answers again",
        Inquiry::ToClose => "a closed month takes no more rows and is never reopened",
        Inquiry::PayingAllocation
        | Inquiry::PromisingAllocation
        | Inquiry::ChangedAllocation
        | Inquiry::GivingAllocation
        | Inquiry::TakingAllocation
        | Inquiry::RightAllocation
        | Inquiry::Commitment
        | Inquiry::Fund
        | Inquiry::AddOrCut
        | Inquiry::Payee
        | Inquiry::Memo
        | Inquiry::Voucher
        | Inquiry::Payment
        | Inquiry::EconomicOf
        | Inquiry::Approval
        | Inquiry::Contract
        | Inquiry::Row(_)
        | Inquiry::RowByNumber(_)
        | Inquiry::Month => "",
    }
}

pub(in crate::lang) fn manner(manner: &Manner) -> String {
    match manner {
        Manner::Needed => "Esc to give up".into(),
        Manner::Skippable => "Enter to skip, Esc to give up".into(),
        Manner::Today(today) => format!("Enter for today, {today}; Esc to give up"),
        Manner::AllThatIsLeft(Some(left)) => format!("Enter for all that is left, {}; Esc to give up", left.grouped()),
        Manner::AllThatIsLeft(None) => "Enter for all that is left, Esc to give up".into(),
        Manner::Unchanged(Some(now)) if !now.is_empty() => format!("now {now}; Enter to leave it, Esc to give up"),
        Manner::Unchanged(_) => "Enter to leave it, Esc to give up".into(),
        Manner::Choice => "↑↓ to move, Enter to choose, type to filter, Esc to give up".into(),
    }
}

pub(in crate::lang) fn choice(choice: Choice) -> String {
    match choice {
        Choice::NoCommitment => "none".into(),
        Choice::Add => "add".into(),
        Choice::Cut => "cut".into(),
        Choice::NoCode => "none".into(),
        Choice::Unchanged => "the same".into(),
        Choice::OtherRow(Kind::Release) => "another, by row or contract number".into(),
        Choice::OtherRow(_) => "another, by row or voucher number".into(),
        Choice::Through(month) => format!("{month}  with the open months before it"),
    }
}
