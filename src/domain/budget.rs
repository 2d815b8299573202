//! A budget as its file states it: one project, one fiscal year, its allocations and how they are controlled.
//! `store` builds it, and only from a file without a problem.

use super::amount::{Amount, Rate};
use super::calendar::{FiscalYear, Pace};
use super::plan::Plan;
use super::project::{Project, Prose};
use super::statement::Profile;
use super::target::Target;

/// A checked budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Budget {
    pub(crate) id: String,
    pub(crate) title: String,
    /// 单位: the office whose money it is.
    pub(crate) unit: String,
    pub(crate) year: FiscalYear,
    /// 批复文号; empty when the file states none.
    pub(crate) doc: String,
    pub(crate) language: Option<Language>,
    /// The ledger's file name, beside the budget.
    pub(crate) ledger: String,
    pub(crate) control: Control,
    /// Which heading of an imported table is which field, by the fields' keys.
    pub(crate) import: Vec<(String, String)>,
    /// How the statements that it is reconciled with are laid out.
    pub(crate) statement: Profile,
    /// What is published of the project; no row and no rule knows it.
    pub(crate) project: Project,
    pub(crate) allocations: Vec<Allocation>,
}

impl Budget {
    pub(crate) fn total(&self) -> Amount {
        self.allocations.iter().map(|allocation| allocation.amount).sum()
    }

    pub(crate) fn allocation(&self, key: &str) -> Option<&Allocation> {
        self.allocations.iter().find(|allocation| allocation.key == key)
    }
}

/// One of the lines money may be spent from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allocation {
    /// ASCII and stable; rows carry it.
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) amount: Amount,
    pub(crate) plan: Plan,
    pub(crate) fund: Fund,
    /// Allowed 款 codes; empty means any of that year's table.
    pub(crate) economic: Vec<String>,
    /// 实施内容, for the public
    pub(crate) content: Prose,
    pub(crate) targets: Vec<Target>,
}

/// Where the money comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fund {
    /// 本年拨款
    Current,
    /// 上年结转
    Carried,
    /// 其他
    Other,
}

impl Fund {
    pub(crate) const ALL: [Self; 3] = [Self::Current, Self::Carried, Self::Other];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Carried => "carried",
            Self::Other => "other",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fund| fund.key() == key)
    }
}

/// 支付方式.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// 财政直接支付
    Direct,
    /// 财政授权支付
    Authorized,
    /// 公务卡
    Card,
    /// 银行转账
    Bank,
    /// 现金
    Cash,
    Other,
}

impl Method {
    pub(crate) const ALL: [Self; 6] = [Self::Direct, Self::Authorized, Self::Card, Self::Bank, Self::Cash, Self::Other];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Authorized => "authorized",
            Self::Card => "card",
            Self::Bank => "bank",
            Self::Cash => "cash",
            Self::Other => "other",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.key() == key)
    }
}

/// How far the budget may be passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Control {
    pub(crate) allocation: Limit,
    pub(crate) total: Limit,
    /// Whether spending ahead of the plan to date is remarked on.
    pub(crate) warn_by_period: bool,
    pub(crate) pace: Pace,
    /// Points around the benchmark that count as on pace.
    pub(crate) band: Rate,
}

/// What happens when a limit is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    Stop,
    Warn,
}

/// The languages answers come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Chinese,
    English,
}

impl Language {
    pub(crate) fn from_key(key: &str) -> Option<Self> {
        match key {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }
}

/// Whether a text can be an allocation's key, or a budget's id: `a-z 0-9 -`, with a letter in it, at most 64 long.
pub(crate) fn is_key(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let lettered = text.bytes().any(|byte| byte.is_ascii_lowercase());
    plain && lettered && text.len() <= 64 && !text.starts_with('-')
}
