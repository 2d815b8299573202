//! Which column of a statement is which: by the headings that banks and treasuries use, or as someone says.

use crate::domain::statement::{Column, Found, Profile};
use crate::problem::{BillFault, Problem};
use crate::store::grid::{Cell, Row};

/// The headings a column is known by, the likeliest first: of several in one statement the first is taken.
fn headings(column: Column) -> &'static str {
    match column {
        Column::Date => {
            "交易日期 记账日期 入账日期 支付日期 清算日期 业务日期 凭证日期 交易日 记账日 交易时间 日期 date"
        }
        Column::Out => {
            "借方发生额 借方金额 支出金额 支付金额 付款金额 转出金额 借方 支出 转出 借 实际支付金额 out debit"
        }
        Column::In => {
            "贷方发生额 贷方金额 收入金额 存入金额 转入金额 收款金额 退回金额 退款金额 贷方 收入 存入 转入 贷 in credit"
        }
        Column::Amount => "交易金额 发生额 交易发生额 金额 amount",
        Column::Side => {
            "借贷标志 借贷标识 借贷方向 收支标志 收支标识 收支方向 收付标志 借贷 借/贷 收支 收/支 方向 side"
        }
        Column::Payee => {
            "对方户名 对方账户名称 对方账户名 对方名称 对方单位名称 对方单位 收(付)方名称 收款人名称 收款人户名 收款人全称 收款单位 收款人 \
             对手户名 交易对手 payee"
        }
        Column::Payer => "付款人名称 付款人户名 付款人全称 付款单位 付款人 payer",
        Column::Payment => {
            "支付令号 支付凭证号 支付申请号 支付申请编号 交易流水号 账户明细编号-交易流水号 银行流水号 流水号 凭证号码 凭证号 \
             业务流水号 核心流水号 交易编号 交易参考号 payment"
        }
        Column::Memo => "摘要 用途 附言 备注 交易摘要 交易用途 业务摘要 交易附言 memo",
        Column::Status => "交易状态 交易结果 支付状态 付款状态 处理状态 处理结果 业务状态 指令状态 状态 status",
        Column::Currency => "币种 交易币种 币种名称 币别 货币 货币名称 currency",
    }
}

/// What the account's balance behind a movement is called.
const BALANCE: &str = "余额 账户余额 可用余额 当前余额 本次余额 交易后余额 结余 balance";

/// The columns of a statement, counted from zero.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// Each with its heading; counted columns have none.
    found: Vec<(Column, usize, Option<String>)>,
    balance: Option<usize>,
    /// What somebody has named and the headings have not, each with what there is to say.
    missing: Vec<(Column, String, Problem)>,
    /// How many of the last found stand in a second row of headings.
    below: usize,
    /// How many columns the statement has, named or not; where they are counted, up to the last that is.
    width: usize,
}

impl Columns {
    /// The columns, if this row is the one with the headings: a day, and what moved on it. A heading that somebody names
    /// is looked for first, and taken from no other column.
    pub(super) fn of(row: Row<'_>, profile: &Profile) -> Option<Self> {
        let texts = texts(row);
        let plain_texts: Vec<String> = texts.iter().map(|(_, text)| plain(text)).collect();
        let named = |heading: &str| {
            let heading = plain(heading);
            plain_texts.iter().position(|text| *text == heading).map(|place| &texts[place])
        };
        let said: Vec<(Column, &str)> = profile
            .columns
            .iter()
            .filter_map(|(column, found)| match found {
                Found::Heading(heading) => Some((*column, heading.as_str())),
                Found::Place(_) => None,
            })
            .collect();
        let is_said = |column: &Column| said.iter().any(|(known, _)| known == column);
        let mut columns = Self { width: row.width(), ..Self::default() };
        for (column, heading) in &said {
            columns.take(*column, named(heading));
        }
        for column in Column::ALL.into_iter().filter(|column| !is_said(column)) {
            columns.take(column, headings(column).split(' ').find_map(named));
        }
        let balance = BALANCE.split(' ').find_map(named).map(|(place, _)| *place);
        columns.balance = balance.filter(|place| columns.is_free(*place));
        let has = |column: Column| columns.place(column).is_some();
        if !has(Column::Date) || !Column::ALL.into_iter().any(|column| column.is_sum() && has(column)) {
            return None;
        }
        for (column, heading) in said {
            if columns.place(column).is_none() {
                let seen = texts.iter().map(|(_, text)| (*text).to_owned()).collect();
                let fault = BillFault::HeadingMissing { field: column.key(), heading: heading.to_owned(), seen };
                columns.missing.push((column, heading.to_owned(), Problem::from(fault).at(row.whole_place())));
            }
        }
        Some(columns)
    }

    /// Whether a row belongs to the headings above it: one sum over two columns, and 借方 and 贷方 below it.
    pub(super) fn go_on_in(&mut self, row: Row<'_>) -> bool {
        let sides = [Column::Out, Column::In];
        let side = |text: &str| {
            let text = plain(text);
            let is_called = |column: &Column| {
                let said = self.missing.iter().find(|(known, _, _)| known == column);
                let known = headings(*column).split(' ');
                let mut called = said.map_or(known.collect::<Vec<_>>(), |(_, heading, _)| vec![heading]).into_iter();
                called.any(|heading| plain(heading) == text)
            };
            sides.into_iter().find(is_called)
        };
        let texts = texts(row);
        let found: Vec<_> =
            texts.iter().filter_map(|(place, text)| Some((side(text)?, *place, Some((*text).to_owned())))).collect();
        let are_both = matches!(&*found, [(one, _, _), (other, _, _)] if one != other);
        let are_new = sides.iter().all(|side| self.place(*side).is_none());
        if !(are_both && are_new && filled(row) == 2) {
            return false;
        }
        self.found.retain(|(column, _, _)| *column != Column::Amount);
        self.missing.retain(|(column, _, _)| !sides.contains(column));
        self.below = found.len();
        self.width = self.width.max(row.width());
        self.found.extend(found);
        true
    }

    /// Whether somebody has named what is not there.
    pub(super) fn are_incomplete(&self) -> bool {
        !self.missing.is_empty()
    }

    /// What there is to say of it.
    pub(super) fn missing(self) -> Vec<Problem> {
        self.missing.into_iter().map(|(_, _, problem)| problem).collect()
    }

    /// The columns of a statement without headings, as somebody has counted them.
    pub(super) fn counted(profile: &Profile) -> Self {
        let place = |(column, found): &(Column, Found)| match found {
            Found::Place(place) => Some((*column, place.saturating_sub(1), None)),
            Found::Heading(_) => None,
        };
        let found: Vec<_> = profile.columns.iter().filter_map(place).collect();
        let width = found.iter().map(|(_, place, _)| place + 1).max().unwrap_or(0);
        Self { found, width, ..Self::default() }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    fn take(&mut self, column: Column, place: Option<&(usize, &str)>) {
        if let Some((place, text)) = place.filter(|(place, _)| self.is_free(*place)) {
            self.found.push((column, *place, Some((*text).to_owned())));
        }
    }

    fn is_free(&self, place: usize) -> bool {
        self.found.iter().all(|(_, taken, _)| *taken != place)
    }

    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.found.iter().find(|(known, _, _)| *known == column).map(|(_, place, _)| *place)
    }

    /// Where the account's balance stands.
    pub(super) fn balance(&self) -> Option<usize> {
        self.balance
    }

    /// Whether a row below has the same headings, or the second row of them: printed statements repeat them on every page.
    pub(super) fn stand_in(&self, row: Row<'_>) -> bool {
        let (above, below) = self.found.split_at(self.found.len() - self.below);
        let is_there = |(_, place, heading): &(Column, usize, Option<String>)| {
            heading.as_deref().is_some_and(|heading| row.cell(*place) == Cell::Text(heading))
        };
        let are_there =
            |columns: &[(Column, usize, Option<String>)]| !columns.is_empty() && columns.iter().all(is_there);
        are_there(above) || (are_there(below) && filled(row) == below.len())
    }

    /// Every column, and where it is found, as somebody might say it.
    pub(super) fn said(&self) -> Vec<(Column, Found)> {
        let said = |(column, place, heading): &(Column, usize, Option<String>)| {
            (*column, heading.clone().map_or(Found::Place(place + 1), Found::Heading))
        };
        let mut said: Vec<(Column, Found)> = self.found.iter().map(said).collect();
        said.sort_by_key(|(column, _)| *column);
        said
    }
}

/// The texts of a row, each with its place counted from zero.
pub(super) fn texts(row: Row<'_>) -> Vec<(usize, &str)> {
    row.cells()
        .enumerate()
        .filter_map(|(place, cell)| match cell {
            Cell::Text(text) => Some((place, text)),
            Cell::Empty | Cell::Number(_) | Cell::Date(..) | Cell::Fault(_) => None,
        })
        .collect()
}

/// How many cells have something in them.
fn filled(row: Row<'_>) -> usize {
    row.cells().filter(|cell| *cell != Cell::Empty).count()
}

/// A heading without what is added to it: blanks, a unit or another language in brackets at its end, `/元`, a colon.
pub(in crate::store) fn plain(heading: &str) -> String {
    let in_ascii = |character| match character {
        '（' => '(',
        '）' => ')',
        '【' => '[',
        '】' => ']',
        '／' => '/',
        // As many still write it where money is meant.
        '帐' => '账',
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
