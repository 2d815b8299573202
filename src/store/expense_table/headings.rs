//! Which column of a table is which field: by the headings that offices use, or as someone says.

use crate::problem::{BillFault, Problem};
use crate::store::grid::{Cell, Row};

/// What a table of expenses may say. Most go by the name of the ledger column they fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Date,
    Occurred,
    Allocation,
    Amount,
    /// 贷方: what is taken back.
    Credit,
    Payee,
    Memo,
    Voucher,
    /// The voucher a red row takes back from.
    Original,
    Payment,
    Economic,
    Method,
    Invoice,
    Doc,
    Fund,
    /// Whether a red row is a reversal or a refund.
    Kind,
    Id,
}

impl Field {
    pub(crate) const ALL: [Self; 17] = [
        Self::Date,
        Self::Occurred,
        Self::Allocation,
        Self::Amount,
        Self::Credit,
        Self::Payee,
        Self::Memo,
        Self::Voucher,
        Self::Original,
        Self::Payment,
        Self::Economic,
        Self::Method,
        Self::Invoice,
        Self::Doc,
        Self::Fund,
        Self::Kind,
        Self::Id,
    ];

    /// The stable word for it, on the command line and in a budget's `[import]` table.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Occurred => "occurred",
            Self::Allocation => "allocation",
            Self::Amount => "amount",
            Self::Credit => "credit",
            Self::Payee => "payee",
            Self::Memo => "memo",
            Self::Voucher => "voucher",
            Self::Original => "original",
            Self::Payment => "payment",
            Self::Economic => "economic",
            Self::Method => "method",
            Self::Invoice => "invoice",
            Self::Doc => "doc",
            Self::Fund => "fund",
            Self::Kind => "kind",
            Self::Id => "id",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    fn known_by(heading: &str) -> Option<Self> {
        let knows = |(_, headings): &&(Self, &str)| headings.split(' ').any(|known| known == heading);
        HEADINGS.iter().find(knows).map(|(field, _)| *field)
    }
}

/// The headings each field is known by. An id is never guessed: a running number starts anew in every file.
const HEADINGS: [(Field, &str); 17] = [
    (Field::Date, "日期 制单日期 记账日期 凭证日期 支付日期 付款日期 入账日期 支出日期 报销日期 date"),
    (Field::Occurred, "业务日期 发生日期 开票日期 occurred"),
    (Field::Allocation, "预算分项 预算项目 预算项目名称 分项 分项名称 项目 项目名称 支出项目 费用项目 allocation"),
    (Field::Amount, "金额 借方金额 借方 借方发生额 支出金额 支付金额 付款金额 报销金额 支出 发生额 amount debit"),
    (Field::Credit, "贷方金额 贷方 贷方发生额 credit"),
    (Field::Payee, "收款人 收款单位 收款方 收款人名称 收款单位名称 收款人户名 往来单位 供应商 领款人 payee"),
    (Field::Memo, "摘要 用途 事由 支出内容 内容 memo"),
    (Field::Voucher, "凭证号 凭证字号 凭证编号 记账凭证号 voucher"),
    (Field::Original, "原凭证号 原凭证字号 冲销凭证号 被冲销凭证号 对应凭证号 original"),
    (Field::Payment, "支付令号 支付凭证号 支付申请号 支付单号 银行流水号 交易流水号 流水号 payment"),
    (
        Field::Economic,
        "经济分类 经济科目 经济分类科目 经济分类编码 支出经济分类 部门经济分类 部门支出经济分类 economic",
    ),
    (Field::Method, "支付方式 付款方式 结算方式 method"),
    (Field::Invoice, "发票号码 发票号 发票编号 invoice"),
    (Field::Doc, "文号 批复文号 合同号 合同编号 doc"),
    (Field::Fund, "资金来源 资金性质 fund"),
    (Field::Kind, "冲销或退款 红字类型 kind"),
    (Field::Id, "id"),
];

/// A field and the heading that someone says it has.
pub(crate) type Mapped = (Field, String);

/// The columns of a table by field, counted from zero.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    found: Vec<(Field, usize, String)>,
    /// The same by field, which every cell asks for.
    places: [Option<usize>; Field::ALL.len()],
    /// How many columns the table has, named or not.
    width: usize,
}

impl Columns {
    /// The columns, if this row is the one with the headings: it has at least a date and an amount.
    pub(super) fn of(row: Row<'_>, mapped: &[Mapped]) -> Result<Option<Self>, Vec<Problem>> {
        let mut found: Vec<(Field, usize, String)> = Vec::new();
        for (column, cell) in row.cells().enumerate() {
            let Cell::Text(text) = cell else { continue };
            let heading = plain(text);
            let said = mapped.iter().find(|(_, said)| plain(said) == heading).map(|(field, _)| *field);
            let is_said = |field: &Field| mapped.iter().any(|(said, _)| said == field);
            let field = said.or_else(|| Field::known_by(&heading).filter(|field| !is_said(field)));
            found.extend(field.map(|field| (field, column, text.to_owned())));
        }
        let has = |field| found.iter().any(|(known, _, _)| *known == field);
        if !has(Field::Date) || !(has(Field::Amount) || has(Field::Credit)) {
            return Ok(None);
        }
        let mut problems = Vec::new();
        for field in Field::ALL {
            let same: Vec<&(Field, usize, String)> = found.iter().filter(|(known, _, _)| *known == field).collect();
            if same.len() > 1 {
                let headings = same.iter().map(|(_, _, heading)| heading.clone()).collect();
                let fault = BillFault::HeadingTwice { field: field.key(), headings };
                problems.push(Problem::from(fault).at(row.place(same[1].1)));
            }
        }
        for (field, heading) in mapped.iter().filter(|(field, _)| !has(*field)) {
            let (heading, seen) = (heading.clone(), seen(row));
            let fault = BillFault::HeadingMissing { field: field.key(), heading, seen };
            problems.push(Problem::from(fault).at(row.whole_place()));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut places = [None; Field::ALL.len()];
        found.iter().for_each(|(field, column, _)| places[*field as usize] = Some(*column));
        Ok(Some(Self { found, places, width: row.width() }))
    }

    pub(crate) fn of_field(&self, field: Field) -> Option<usize> {
        self.places[field as usize]
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Every field with its heading.
    pub(crate) fn recognised(&self) -> impl Iterator<Item = (Field, &str)> {
        self.found.iter().map(|(field, _, heading)| (*field, heading.as_str()))
    }
}

/// How many fields a row names: the one that names most is shown when none will do.
pub(super) fn likeness(row: Row<'_>, mapped: &[Mapped]) -> usize {
    let known = |text: &str| {
        let heading = plain(text);
        Field::known_by(&heading).is_some() || mapped.iter().any(|(_, said)| plain(said) == heading)
    };
    row.cells().filter(|cell| matches!(cell, Cell::Text(text) if known(text))).count()
}

/// The texts of a row, for "these were seen".
pub(super) fn seen(row: Row<'_>) -> Vec<String> {
    row.cells()
        .filter_map(|cell| match cell {
            Cell::Text(text) => Some(text.to_owned()),
            Cell::Empty | Cell::Number(_) | Cell::Date(..) | Cell::Fault(_) => None,
        })
        .collect()
}

/// A heading without what offices add to it: blanks, a unit in brackets, a star for what must be filled in.
fn plain(heading: &str) -> String {
    let heading: String = heading.chars().filter(|character| !character.is_whitespace() && *character != '*').collect();
    // As many still write it where money is meant.
    let heading = heading.replace('帐', "账");
    let heading = heading.split(['(', '（', '【', '[']).next().unwrap_or_default();
    heading.trim_end_matches([':', '：']).to_lowercase()
}
