//! What the program knows about public money. No files, no clock, no printing.
//!
//! One word an idea, the same in code, help, files and messages:
//!
//! | word | 中文 | meaning |
//! |---|---|---|
//! | [budget](budget::Budget) | 预算 | one project, one fiscal year: its allocations and their plan |
//! | [allocation](budget::Allocation) | 预算分项 | one of the lines money may be spent from |
//! | original, adjusted, revised | 年初预算数, 预算调整, 调整预算数 | as approved; dated changes; their sum |
//! | commitment, release | 预占, 释放 | money promised but not yet paid; letting it go |
//! | expense, reversal, refund | 支出, 红字冲销, 退款 | paid; taken back in red; come back through the bank |
//! | spent | 支出数 | expenses + reversals + refunds |
//! | available | 可用余额 | revised − committed − spent |
//! | [entry](entry::Entry) | 记录 | one row of the ledger |
//! | [ledger](ledger::Ledger) | 台账 | the rows, and what may follow what |
//! | [position](position::Position) | — | where one allocation stands: the one fold over the rows |
//!
//! Read in this order: `amount`, `calendar`, `plan`, `budget`, `entry`, `ledger`, `position`, `rules`.

pub(crate) mod amount;
pub(crate) mod budget;
pub(crate) mod calendar;
pub(crate) mod capitals;
pub(crate) mod carrying;
pub(crate) mod corrections;
pub(crate) mod cuts;
pub(crate) mod date_format;
pub(crate) mod economic;
pub(crate) mod entry;
pub(crate) mod figure;
pub(crate) mod fingerprint;
pub(crate) mod incoming;
mod keyed;
pub(crate) mod known;
pub(crate) mod ledger;
pub(crate) mod limits;
pub(crate) mod matching;
pub(crate) mod mending;
pub(crate) mod months;
pub(crate) mod opening;
pub(crate) mod personal;
pub(crate) mod plan;
pub(crate) mod position;
pub(crate) mod project;
pub(crate) mod promises;
pub(crate) mod quotient;
pub(crate) mod reasons;
mod right_entries;
pub(crate) mod rules;
pub(crate) mod search;
pub(crate) mod sign;
pub(crate) mod statement;
pub(crate) mod target;
pub(crate) mod text;
pub(crate) mod trail;
pub(crate) mod working;
pub(crate) mod year_end;
