//! Which column of a statement is which: by the headings that banks and treasuries use, or as someone says.

use crate::problem::{BillFault, Problem};
use crate::store::grid::{Cell, Row};

/// What a statement may say of a movement of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    Date,
    /// What went out of the account; to the bank its holder's 借方.
    Out,
    /// What came in, or back; 贷方.
    In,
    /// One column for both: negative, or marked by [`Self::Side`], is what went out.
    Amount,
    /// 借 or 贷, 支 or 收.
    Side,
    Payee,
    Payment,
    Memo,
}

impl Column {
    pub(crate) const ALL: [Self; 8] =
        [Self::Date, Self::Out, Self::In, Self::Amount, Self::Side, Self::Payee, Self::Payment, Self::Memo];

    /// The stable word for it, on the command line and in a profile.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Out => "out",
            Self::In => "in",
            Self::Amount => "amount",
            Self::Side => "side",
            Self::Payee => "payee",
            Self::Payment => "payment",
            Self::Memo => "memo",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// The headings it is known by, the likeliest first: of several in one statement the first is taken.
    fn headings(self) -> &'static str {
        match self {
            Self::Date => "交易日期 记账日期 入账日期 支付日期 清算日期 业务日期 凭证日期 交易时间 日期 date",
            Self::Out => {
                "借方发生额 借方金额 支出金额 支付金额 付款金额 转出金额 借方 支出 转出 实际支付金额 out debit"
            }
            Self::In => "贷方发生额 贷方金额 收入金额 存入金额 转入金额 退回金额 贷方 收入 存入 转入 in credit",
            Self::Amount => "交易金额 发生额 金额 amount",
            Self::Side => "借贷标志 借贷方向 收支标志 收支方向 借贷 收支 方向 side",
            Self::Payee => {
                "对方户名 对方账户名称 对方名称 对方单位 收款人名称 收款人户名 收款人全称 收款单位 收款人 对手户名 交易对手 payee"
            }
            Self::Payment => {
                "支付令号 支付凭证号 支付申请号 交易流水号 流水号 凭证号码 凭证号 业务流水号 核心流水号 交易参考号 payment"
            }
            Self::Memo => "摘要 用途 附言 备注 交易摘要 memo",
        }
    }
}

/// A column and the heading that someone says it has.
pub(crate) type MappedColumn = (Column, String);

/// The columns of a statement, counted from zero.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    found: Vec<(Column, usize, String)>,
}

impl Columns {
    /// The columns, if this row is the one with the headings: a day, and what moved on it.
    pub(super) fn of(row: Row<'_>, mapped: &[MappedColumn]) -> Result<Option<Self>, Vec<Problem>> {
        let texts: Vec<(usize, &str)> = row
            .cells()
            .enumerate()
            .filter_map(|(place, cell)| match cell {
                Cell::Text(text) => Some((place, text)),
                Cell::Empty | Cell::Number(_) | Cell::Date(..) | Cell::Fault(_) => None,
            })
            .collect();
        let named = |heading: &str| texts.iter().find(|(_, text)| plain(text) == plain(heading));
        let mut found: Vec<(Column, usize, String)> = Vec::new();
        for column in Column::ALL {
            let said = mapped.iter().find(|(known, _)| *known == column).map(|(_, heading)| heading.as_str());
            let place = match said {
                Some(heading) => named(heading),
                None => column.headings().split(' ').find_map(named),
            };
            let is_free = |place: &usize| found.iter().all(|(_, taken, _)| taken != place);
            found.extend(
                place.filter(|(place, _)| is_free(place)).map(|(place, text)| (column, *place, (*text).to_owned())),
            );
        }
        let has = |column| found.iter().any(|(known, _, _)| *known == column);
        if !has(Column::Date) || !(has(Column::Out) || has(Column::In) || has(Column::Amount)) {
            return Ok(None);
        }
        let missing = mapped.iter().filter(|(column, _)| !has(*column)).map(|(column, heading)| {
            let seen = texts.iter().map(|(_, text)| (*text).to_owned()).collect();
            let fault = BillFault::HeadingMissing { field: column.key(), heading: heading.clone(), seen };
            Problem::from(fault).at(row.whole_place())
        });
        let problems: Vec<Problem> = missing.collect();
        if problems.is_empty() { Ok(Some(Self { found })) } else { Err(problems) }
    }

    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.found.iter().find(|(known, _, _)| *known == column).map(|(_, place, _)| *place)
    }

    /// Every column with its heading.
    pub(crate) fn recognised(&self) -> impl Iterator<Item = (Column, &str)> {
        self.found.iter().map(|(column, _, heading)| (*column, heading.as_str()))
    }
}

/// A heading without what is added to it: blanks, a unit in brackets, a colon.
pub(super) fn plain(heading: &str) -> String {
    let heading: String = heading.chars().filter(|character| !character.is_whitespace()).collect();
    let heading = heading.split(['(', '（', '【', '[']).next().unwrap_or_default();
    heading.trim_end_matches([':', '：']).to_lowercase()
}
