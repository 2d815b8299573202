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
    /// Who paid, where a bank names both sides: whom money that came in is from.
    Payer,
    Payment,
    Memo,
}

impl Column {
    pub(crate) const ALL: [Self; 9] = [
        Self::Date,
        Self::Out,
        Self::In,
        Self::Amount,
        Self::Side,
        Self::Payee,
        Self::Payer,
        Self::Payment,
        Self::Memo,
    ];

    /// The stable word for it, on the command line and in a profile.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Out => "out",
            Self::In => "in",
            Self::Amount => "amount",
            Self::Side => "side",
            Self::Payee => "payee",
            Self::Payer => "payer",
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
            Self::Date => {
                "交易日期 记账日期 入账日期 支付日期 清算日期 业务日期 凭证日期 交易日 记账日 交易时间 日期 date"
            }
            Self::Out => {
                "借方发生额 借方金额 支出金额 支付金额 付款金额 转出金额 借方 支出 转出 借 实际支付金额 out debit"
            }
            Self::In => {
                "贷方发生额 贷方金额 收入金额 存入金额 转入金额 收款金额 退回金额 退款金额 贷方 收入 存入 转入 贷 in credit"
            }
            Self::Amount => "交易金额 发生额 交易发生额 金额 amount",
            Self::Side => {
                "借贷标志 借贷标识 借贷方向 收支标志 收支标识 收支方向 收付标志 借贷 借/贷 收支 收/支 方向 side"
            }
            Self::Payee => {
                "对方户名 对方账户名称 对方账户名 对方名称 对方单位名称 对方单位 收(付)方名称 收款人名称 收款人户名 收款人全称 收款单位 收款人 \
                 对手户名 交易对手 payee"
            }
            Self::Payer => "付款人名称 付款人户名 付款人全称 付款单位 付款人 payer",
            Self::Payment => {
                "支付令号 支付凭证号 支付申请号 支付申请编号 交易流水号 账户明细编号-交易流水号 银行流水号 流水号 凭证号码 凭证号 \
                 业务流水号 核心流水号 交易编号 交易参考号 payment"
            }
            Self::Memo => "摘要 用途 附言 备注 交易摘要 交易用途 业务摘要 交易附言 memo",
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
        let texts = texts(row);
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

    /// Whether a row belongs to the headings above it: one sum over two columns, and 借方 and 贷方 below it.
    pub(super) fn go_on_in(&mut self, row: Row<'_>) -> bool {
        let sides = [Column::Out, Column::In];
        let side = |text: &str| {
            let is_called = |column: &Column| column.headings().split(' ').any(|heading| plain(heading) == plain(text));
            sides.into_iter().find(is_called)
        };
        let texts = texts(row);
        let found: Vec<(Column, usize, String)> =
            texts.iter().filter_map(|(place, text)| Some((side(text)?, *place, (*text).to_owned()))).collect();
        let is_heading = found.len() == 2
            && found[0].0 != found[1].0
            && row.cells().filter(|cell| *cell != Cell::Empty).count() == found.len();
        let is_new = sides.iter().all(|side| self.place(*side).is_none());
        if is_heading && is_new {
            self.found.retain(|(column, _, _)| *column != Column::Amount);
            self.found.extend(found);
        }
        is_heading && is_new
    }

    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.found.iter().find(|(known, _, _)| *known == column).map(|(_, place, _)| *place)
    }

    /// Every column with its heading.
    pub(crate) fn recognised(&self) -> impl Iterator<Item = (Column, &str)> {
        self.found.iter().map(|(column, _, heading)| (*column, heading.as_str()))
    }
}

/// The texts of a row, with their places.
fn texts(row: Row<'_>) -> Vec<(usize, &str)> {
    let text = |(place, cell)| match cell {
        Cell::Text(text) => Some((place, text)),
        Cell::Empty | Cell::Number(_) | Cell::Date(..) | Cell::Fault(_) => None,
    };
    row.cells().enumerate().filter_map(text).collect()
}

/// A heading without what is added to it: blanks, a unit or another language in brackets at its end, `/元`, a colon.
pub(super) fn plain(heading: &str) -> String {
    let in_ascii = |character| match character {
        '（' => '(',
        '）' => ')',
        '【' => '[',
        '】' => ']',
        '／' => '/',
        other => other,
    };
    let heading: String = heading.chars().filter(|character| !character.is_whitespace()).map(in_ascii).collect();
    let mut kept = heading.trim_end_matches([':', '：']);
    while let Some(start) = kept.rfind(['(', '[']).filter(|start| *start > 0 && !has_more_behind(&kept[*start..])) {
        kept = &kept[..start];
    }
    kept.trim_end_matches("/元").to_lowercase()
}

/// Whether something stands behind the bracket that opens here: 收(付)方名称.
fn has_more_behind(bracket: &str) -> bool {
    bracket.find([')', ']']).is_some_and(|end| end + 1 < bracket.len())
}
