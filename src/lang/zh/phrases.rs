//! 报表与回答中的短语。
#![expect(clippy::too_many_lines, reason = "one exhaustive match is easier to keep whole than in pieces")]

use super::explained::rule;
use super::name;
use super::problems::{column_name as field_name, sign_name};
use crate::domain::budget::Method;
use crate::domain::cuts::Cut;
use crate::domain::entry::Kind;
use crate::domain::trail::Mover;
use crate::lang::phrase::Phrase;

pub(in crate::lang) fn phrase(phrase: &Phrase) -> String {
    match phrase {
        Phrase::BalanceTitle => "预算余额表".into(),
        Phrase::VarianceTitle => "预算执行差异表".into(),
        Phrase::CommitmentsTitle => "预占表".into(),
        Phrase::YearEndTitle => "年终预算执行与项目支出绩效自评表".into(),
        Phrase::Office { unit, title, year } => format!("{unit} · {title} · {year} 年度"),
        Phrase::AsOf(date) => format!("截至 {date}"),
        Phrase::InYuan => "单位：元".into(),
        Phrase::InWan => "单位：万元".into(),
        Phrase::Total => "合计".into(),
        Phrase::ChartMonths => "各月计划与支出".into(),
        Phrase::ChartCumulative => "累计计划与累计支出".into(),
        Phrase::ChartBudget => "各预算分项：支出、预占、可用".into(),
        Phrase::ChartPlanned => "计划".into(),
        Phrase::ChartElapsed => "按序时进度".into(),
        Phrase::ChartOver => "超出预算".into(),
        Phrase::ChartMonth(month) => format!("{month}月"),
        Phrase::ChartMonthSaid { month, planned, spent: None } => format!("{month}月：计划 {} 元", planned.grouped()),
        Phrase::ChartMonthSaid { month, planned, spent: Some(spent) } => {
            format!("{month}月：计划 {} 元，支出 {} 元", planned.grouped(), spent.grouped())
        }
        Phrase::ChartBarSaid { name, spent, committed, available } => {
            let [spent, committed, available] = [spent, committed, available].map(|amount| amount.grouped());
            format!("{name}：支出 {spent} 元，预占 {committed} 元，可用余额 {available} 元")
        }
        Phrase::PageOf { page, pages } => format!("第 {page} 页，共 {pages} 页"),
        Phrase::Elapsed { rate, by_months: false } => format!("序时进度 {rate}%（按天）"),
        Phrase::Elapsed { rate, by_months: true } => format!("序时进度 {rate}%（按整月）"),
        Phrase::VarianceRule => "差异 = 累计计划 − 支出数，正数为未花。".into(),
        Phrase::RoundedRowsDoNotFoot(figures) => {
            let names: Vec<String> = figures.iter().map(|figure| name(*figure)).collect();
            format!("以万元四舍五入后，{}的各行之和与合计略有出入；以元计则相符。", names.join("、"))
        }
        Phrase::ExplanationTitle => "数字追溯".into(),
        Phrase::Rule { explained, of_total, by_months, over_budget } => {
            rule(*explained, *of_total, *by_months, *over_budget).into()
        }
        Phrase::DueRowByRow { by_months: false } => "累计计划 = 各笔应计之和，不低于 0，不高于调整预算数；应计 = 金额 × 已过天数 ÷ 计划天数，四舍五入到分".into(),
        Phrase::DueRowByRow { by_months: true } => "累计计划 = 各笔应计之和，不低于 0，不高于调整预算数；应计 = 金额 × 已过整月数 ÷ 计划月数，四舍五入到分".into(),
        Phrase::LineByLine { of_forecasts: false } => "累计计划合计 = 各分项累计计划之和；各分项以应计合计为累计计划，但不低于 0，不高于调整预算数".into(),
        Phrase::LineByLine { of_forecasts: true } => {
            "全年预计合计 = 各分项全年预计之和；全年预计 = 支出数 +（预占、今后计划两者取大），今后计划 = 调整预算数 − 累计计划".into()
        }
        Phrase::AllAllocations(count) => format!("合计（{count} 个预算分项）"),
        Phrase::EvenlyFrom(month) if month.number() == 12 => "12月".into(),
        Phrase::EvenlyFrom(month) => format!("{}-12月均摊", month.number()),
        Phrase::InMonth(month) => format!("{}月", month.number()),
        Phrase::GoneBy { by_months: false } => "天数".into(),
        Phrase::GoneBy { by_months: true } => "月数".into(),
        Phrase::Subtotal => "小计".into(),
        Phrase::NothingToDivideBy => "除数为 0，没有商，所以空着。".into(),
        Phrase::NoValue => "（空）".into(),
        Phrase::NoRowMovesIt => "截至这一天，没有任何一笔影响这个数。".into(),
        Phrase::RoundedArithmetic(figures) => {
            let names: Vec<String> = figures.iter().map(|figure| name(*figure)).collect();
            format!("金额以万元四舍五入，照表中数字计算，{}略有出入；以元计则相符。", names.join("、"))
        }
        Phrase::ColumnsLeftOut(figures) => {
            let names: Vec<String> = figures.iter().map(|figure| name(*figure)).collect();
            format!("屏幕较窄，未列：{}", names.join("、"))
        }
        Phrase::Rows(rows) => format!("共 {rows} 笔"),
        Phrase::LedgerDigest(digest) => format!("台账校验码 {digest}"),
        Phrase::BudgetDigest(digest) => format!("预算文件 {digest}"),
        Phrase::NotOpened => "未建账：数字取自预算文件".into(),
        Phrase::MonthNotClosed => "未结账".into(),
        Phrase::MonthClosedBy { month, row } => format!("{month} 已结账（第 {row} 笔）"),
        Phrase::UnverifiedEnd => ".head 文件读不出来，末尾是否缺了记录，无从核对".into(),
        Phrase::UnverifiedFrom(row) => format!("自第 {row} 笔起未通过校验，只计此前各笔"),
        Phrase::NotTheStatutoryLedger => "本表出自辅助台账，不是法定会计账簿。".into(),
        Phrase::Recorded { seq, amount } => format!("已记第 {seq} 笔：支出 {} 元", amount.grouped()),
        Phrase::Reversed { seq, of, amount } => format!("已记第 {seq} 笔：冲销第 {of} 笔 {} 元", amount.grouped()),
        Phrase::Refunded { seq, of, amount } => format!("已记第 {seq} 笔：第 {of} 笔退款 {} 元", amount.grouped()),
        Phrase::Closed { month, first, last } => {
            let month = month.map(|month| month.to_string()).unwrap_or_default();
            format!("{month} 已结账：{}", rows_between(*first, *last))
        }
        Phrase::Carried { first, last, amount } => {
            format!("已记{}：结转上年余额 {} 元", rows_between(*first, *last), amount.grouped())
        }
        Phrase::CarriedFrom { id, digest } => format!("上年预算 {id}，台账最后一笔的校验码\n{digest}"),
        Phrase::Lapsed(amount) => format!("未结转 {} 元：不带入本年，仍留在上年台账中。", amount.grouped()),
        Phrase::Imported { file, known, new, rows, dry_run } => {
            let rows = match (rows, dry_run) {
                (Some((first, last)), false) => format!("，已记{}", rows_between(*first, *last)),
                (Some((first, last)), true) => format!("，将记为{}；试导，未写入", rows_between(*first, *last)),
                (None, _) => "，没有要记的".into(),
            };
            format!("{file}：{known} 已有，{new} 新增{rows}")
        }
        Phrase::HeadingsRead(headings) => {
            let said = headings.iter().map(|(field, heading)| format!("{}＝{heading}", field_name(field)));
            format!("表头：{}", said.collect::<Vec<_>>().join("，"))
        }
        Phrase::TotalsLeftOut(lines) => {
            let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
            format!("第 {} 行是合计，未导入。", lines.join("、"))
        }
        Phrase::HiddenRows(rows) => format!("其中 {rows} 行在表里是隐藏的，也计算在内。"),
        Phrase::IsKnown(seq) => format!("已有：第 {seq} 笔"),
        Phrase::IsNew(seq) => format!("新增：第 {seq} 笔"),
        Phrase::ClosePageTitle => "结账单".into(),
        Phrase::Period { month, first, last } => {
            let rows = rows_between(*first, *last);
            format!("会计期间 {} 至 {}   本期为{rows}", month.first_day(), month.last_day())
        }
        Phrase::Sealed { rows, bytes } => format!("封存：第 1 至 {rows} 笔，{bytes} 字节"),
        Phrase::Signatures => "制表：__________   复核：__________   负责人：__________   日期：__________".into(),
        Phrase::StockTools { ledger, bytes, sha256, sm3 } => format!(
            "所封内容可用系统自带的工具核对：\nhead -c {bytes} {ledger} | sha256sum\n{sha256}\nhead -c {bytes} {ledger} | openssl dgst -sm3\n{sm3}"
        ),
        Phrase::Noted { seq, of } => format!("已记第 {seq} 笔：补注第 {of} 笔"),
        Phrase::Corrected { first, last, amount } => {
            format!("已记{}：红字冲销后，按 {} 元重记", rows_between(*first, *last), amount.grouped())
        }
        Phrase::Adjusted { seq, amount } => format!("已记第 {seq} 笔：预算调整 {} 元", amount.grouped()),
        Phrase::Undone { first, last, of } => format!("已记{}：抵销第 {of} 笔的预算调整", rows_between(*first, *last)),
        Phrase::Split { first, last, amount } => {
            format!("已记{}：支出 {} 元，分列各项", rows_between(*first, *last), amount.grouped())
        }
        Phrase::Recommitted { seq } => format!("已把这部分重新预占，记为第 {seq} 笔"),
        Phrase::SplitPart { allocation, amount, available } => {
            format!("{allocation}：{} 元，可用余额 {} 元", amount.grouped(), available.grouped())
        }
        Phrase::Transferred { first, last, amount } => {
            format!("已记{}：调剂 {} 元", rows_between(*first, *last), amount.grouped())
        }
        Phrase::Committed { seq, amount } => format!("已记第 {seq} 笔：预占 {} 元", amount.grouped()),
        Phrase::Released { seq, of, amount } => {
            format!("已记第 {seq} 笔：释放第 {of} 笔预占 {} 元", amount.grouped())
        }
        Phrase::Opened { rows, allocations } => format!("已建账：{allocations} 个预算分项，{rows} 笔"),
        Phrase::AlreadyRows { first, last, id } => {
            format!("此前已记为{}（编号 {id}），本次未写入", rows_between(*first, *last))
        }
        Phrase::WouldWrite { first, last } => format!("试记：将记为{}，未写入", rows_between(*first, *last)),
        Phrase::FieldAllocation => "预算分项".into(),
        Phrase::FieldFund => "资金来源".into(),
        Phrase::FieldAmount => "金额".into(),
        Phrase::FieldDate => "日期".into(),
        Phrase::FieldAvailable => "可用余额".into(),
        Phrase::FieldId => "编号".into(),
        Phrase::FieldDigest => "校验码".into(),
        Phrase::FieldTotal => "合计".into(),
        Phrase::OpeningTitle => "建账".into(),
        Phrase::AskOpen => "按以上预算分项建账吗？（是/否）".into(),
        Phrase::AskOperator => "经办人是谁？".into(),
        Phrase::NothingDone => "未做任何更改".into(),
        Phrase::GivenUp => "已放弃".into(),
        Phrase::OneIsNeeded => "至少要填一项".into(),
        Phrase::OnlyOpened => "台账已建好；这一笔没有记入".into(),
        Phrase::NextTime { line } => format!("下次可直接键入：\n  {line}"),
        Phrase::Created { path } => format!("已写出 {path}"),
        Phrase::NextOpen => "下一步：核对、修改好以后，用这个命令建账：".into(),
        Phrase::VerifyGood { rows } => format!("校验通过：共 {rows} 笔"),
        Phrase::VerifyNoEnd { rows } => format!("{rows} 笔各自校验相符，但末尾是否缺了记录，无从核对"),
        Phrase::VerifyBad { row } => format!("自第 {row} 笔起校验不符"),
        Phrase::VerifyLineFeed { row } => format!("只差一个换行：第 {row} 笔内容完整，行尾少了换行"),
        Phrase::VerifyMissing { rows: 0, last } => format!("台账里一笔也没有了，应有 {last} 笔"),
        Phrase::VerifyMissing { rows, last } => format!("末尾缺了记录：现有 {rows} 笔校验相符，应有 {last} 笔"),
        Phrase::VerifyOtherHead { row } => format!("台账与 .head 文件不配套：第 {row} 笔不是它所记的那一笔"),
        Phrase::VerifyResaved => "台账被别的程序另存过，还原之后才能校验".into(),
        Phrase::VerifyAnchorUnknown { rows } => format!("台账自身完好（共 {rows} 笔），但没有纸面上的这个校验码"),
        Phrase::RestoreNotNeeded { rows } => format!("台账完好，共 {rows} 笔，无需还原"),
        Phrase::RestoreTried { rows } => format!("试还原：{rows} 笔都已证实，没有写入"),
        Phrase::RestoredInto { rows, path } => format!("已还原 {rows} 笔，写入 {path}"),
        Phrase::RestoredInPlace { rows } => format!("已还原 {rows} 笔，放回台账原处"),
        Phrase::FieldSigns => "改动之处".into(),
        Phrase::Signs(signs) => signs.iter().map(|sign| sign_name(*sign)).collect::<Vec<_>>().join("、"),
        Phrase::FieldKept => "原文件移存为".into(),
        Phrase::FieldRepairRow => "记明此事".into(),
        Phrase::RepairRow(row) => format!("第 {row} 笔"),
        Phrase::PutInPlace { words } => {
            format!("每一笔都与自己的校验码相符；要放回台账原处，请执行 `{words}`（原文件会另行保留）")
        }
        Phrase::FieldBytes => "字节数".into(),
        Phrase::FieldHead => ".head 文件".into(),
        Phrase::HeadAgrees => "相符".into(),
        Phrase::HeadUnreadable => "读不出来".into(),
        Phrase::HeadMissing => "缺失".into(),
        Phrase::FieldClosed => "已结账至".into(),
        Phrase::NoneClosed => "尚未结账".into(),
        Phrase::FieldAnchor => "纸面校验码".into(),
        Phrase::AnchorAt { row, since } => format!("即第 {row} 笔，此后新增 {since} 笔"),
        Phrase::FieldUnfinished => "没写完的末尾".into(),
        Phrase::UnfinishedBytes(bytes) => format!("{bytes} 字节，不计入"),
        Phrase::DemoTitle { folder } => {
            format!("演示：信访工作经费 2022 年的一年，收支均为虚构（摘要以“演示”开头），放在 {folder}")
        }
        Phrase::DemoOpen => "一月：建账".into(),
        Phrase::DemoPlayed { rows } => format!("……全年再记 {rows} 笔"),
        Phrase::DemoRefused => "超出可用余额的支出会被拒绝（退出码 3）：".into(),
        Phrase::DemoHalfYear => "年中：离计划有多远？".into(),
        Phrase::DemoYearEnd => "年末：还剩多少？台账是否完好？".into(),
        Phrase::DemoExplore { folder } => format!("全部留给您翻看：\n  cd {folder}"),
        Phrase::RegisterTitle => "台账明细".into(),
        Phrase::Between { from, to } => format!("{from} 至 {to}"),
        Phrase::OnlyPayee(payee) => format!("收款人含“{payee}”"),
        Phrase::OnlyVoucher(voucher) => format!("凭证号“{voucher}”"),
        Phrase::Entered(row) => entered(row),
        Phrase::BroughtForward => "期初".into(),
        Phrase::MonthTotal => "本月合计".into(),
        Phrase::YearToDate => "本年累计".into(),
        Phrase::CutMonth(month) => format!("{}月的本月合计，包括起始日期以前未列出的各笔。", month.number()),
        Phrase::NoBalanceColumn => "只列出符合条件的各笔，合计与累计也只算这些，所以没有“可用余额”一栏。".into(),
        Phrase::NoEntries => "没有符合条件的记录。".into(),
        Phrase::MonthlyTitle(month) => format!("预算执行月报   {month}"),
        Phrase::SealedBy { row, sha256 } => {
            format!("本月已结账：第 {row} 笔封存此前各笔，其 SHA-256 为\n{sha256}")
        }
        Phrase::StillOpen(month) => format!("{month} 未结账：还可能有记录记入本月，本表数字可能变动。"),
        Phrase::BudgetChanges(0) => "本月没有预算调整。".into(),
        Phrase::BudgetChanges(count) => format!("本月预算调整 {count} 笔："),
        Phrase::BudgetChange { date, allocation, amount, doc, memo } => {
            let what = if amount.is_negative() { "减" } else { "增" };
            let amount = if amount.is_negative() { -*amount } else { *amount };
            let memo = if memo.is_empty() { String::new() } else { format!("，{memo}") };
            format!("  {date}  {allocation}：调{what} {} 元（{doc}）{memo}", amount.grouped())
        }
        Phrase::MonthsChart { in_wan } => {
            format!("各月支出与计划（{}）   █ 支出  ▓ 超出当月计划  ░ 计划未用", if *in_wan { "万元" } else { "元" })
        }
        Phrase::ChartColumns => "支出\n计划".into(),
        Phrase::SpendingTitle(cut) => format!(
            "支出分类表（按{}）",
            match cut {
                Cut::Month => "月",
                Cut::Allocation => "预算分项",
                Cut::Economic => "经济分类",
                Cut::Payee => "收款人",
                Cut::Method => "支付方式",
            }
        ),
        Phrase::SpendingRule => {
            "支出数 = 支出 + 红字冲销 + 退款；占比 = 本行支出数 ÷ 支出数合计。支出笔数不含红字冲销和退款。".into()
        }
        Phrase::EconomicName => "经济分类".into(),
        Phrase::MethodName(method) => match method {
            Method::Direct => "财政直接支付",
            Method::Authorized => "财政授权支付",
            Method::Card => "公务卡",
            Method::Bank => "银行转账",
            Method::Cash => "现金",
            Method::Other => "其他",
        }
        .into(),
        Phrase::LeftEmpty => "未填".into(),
        Phrase::ThreePublicScope => {
            "“三公”经费只算本项目、且填了经济分类的支出；基本支出不在这本台账里，不包括在内，不能当作本单位“三公”经费总数。".into()
        }
        Phrase::PackWritten { months, files } => match months.as_slice() {
            [month] => format!("已写出 {month} 的月报资料：{files} 个文件"),
            [first, .., last] => format!("已写出 {first} 至 {last} 的月报资料：{files} 个文件"),
            [] => "没有写出文件".into(),
        },
    }
}

fn rows_between(first: u64, last: u64) -> String {
    if first == last { format!("第 {last} 笔") } else { format!("第 {first} 至 {last} 笔") }
}

/// 明细账的摘要：这一笔是什么，连同它的文号和所指的一笔。
fn entered(row: &Mover) -> String {
    let of = row.refers_to.map(|seq| format!("第{seq}笔")).unwrap_or_default();
    let doc = if row.doc.is_empty() { String::new() } else { format!("（{}）", row.doc) };
    let begun = match row.kind {
        Kind::Budget => "年初预算".to_owned(),
        Kind::Adjustment if row.refers_to.is_some() => format!("抵销{of}预算调整{doc}"),
        Kind::Adjustment if row.amount.is_negative() => format!("预算调减{doc}"),
        Kind::Adjustment => format!("预算调增{doc}"),
        Kind::Commitment => format!("预占{doc}"),
        Kind::Release => format!("释放{of}预占"),
        Kind::Reversal => format!("冲销{of}"),
        Kind::Refund => format!("{of}退款"),
        Kind::Note => {
            let brought = [("凭证号", &row.voucher), ("支付令号", &row.payment), ("发票", &row.invoice)];
            let brought = brought.iter().filter(|(_, text)| !text.is_empty());
            let brought: Vec<String> = brought.map(|(name, text)| format!("{name} {text}")).collect();
            [format!("补注{of}"), brought.join("，")]
                .iter()
                .filter(|text| !text.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join("：")
        }
        Kind::Open | Kind::Expense | Kind::Close | Kind::Repair => String::new(),
    };
    let parts = [begun, row.memo.clone()];
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("：")
}
