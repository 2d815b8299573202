//! 对账：调节表、各类不符，以及每一对是按哪条规则对上的。

use super::detection::{left_out, numbers};
use crate::domain::matching::Rule;
use crate::lang::{About, ReconciliationWord, Undecided};

pub(in crate::lang) fn reconciliation(word: &ReconciliationWord) -> String {
    match word {
        ReconciliationWord::Title => "支出对账".into(),
        ReconciliationWord::Agrees { matched, explained: 0 } => format!("全部相符：对上 {matched} 组"),
        ReconciliationWord::Agrees { matched, explained } => {
            format!("相符：对上 {matched} 组，另有 {explained} 处差异已说明")
        }
        ReconciliationWord::MatchedNotListed(count) => format!("已对上 {count} 组，`--matched` 列出"),
        ReconciliationWord::Differs { open } => format!("有 {open} 处不符，见下"),
        ReconciliationWord::Ledger => "台账支出".into(),
        ReconciliationWord::Statement => "对账单净支出".into(),
        ReconciliationWord::Difference => "差额".into(),
        ReconciliationWord::Bridge => "支出对账调节表".into(),
        ReconciliationWord::Step => "项目".into(),
        ReconciliationWord::LessOnlyInLedger => "减：台账有、对账单没有".into(),
        ReconciliationWord::PlusOnlyInStatement => "加：对账单有、台账没有".into(),
        ReconciliationWord::PlusExplained => "加减：已说明的差异（对账单 − 台账）".into(),
        ReconciliationWord::PlusDiffering => "加减：金额不同（对账单 − 台账）".into(),
        ReconciliationWord::PlusAmbiguous => "加减：待人工判断（对账单 − 台账）".into(),
        ReconciliationWord::OnlyInLedger(count) => format!("台账有、对账单没有（{count} 笔）"),
        ReconciliationWord::OnlyInStatement(count) => format!("对账单有、台账没有（{count} 行）"),
        ReconciliationWord::Later(count) => format!("截止日之后的对账单行，不计入（{count} 行）"),
        ReconciliationWord::LaterNotCounted { as_of, count, sum } => {
            let sum = sum.grouped();
            format!(
                "对账单有 {count} 行在截止日 {as_of} 之后，没有计入（净支出 {sum}）；截止日前付款、之后到账的照常对上。"
            )
        }
        ReconciliationWord::Explained(count) => format!("已说明的差异（{count} 处）"),
        ReconciliationWord::Differing(count) => format!("同一支付号、金额不同（{count} 处）"),
        ReconciliationWord::Ambiguous(count) => format!("待人工判断（{count} 处）"),
        ReconciliationWord::Matched(count) => format!("已对上（{count} 组）"),
        ReconciliationWord::Choices => "待定选择（每处选一种对法，都不对就写明原因）".into(),
        ReconciliationWord::Numbering => "序号".into(),
        ReconciliationWord::ByMonth => "分月（台账支出 − 只在台账 + 其余各项 = 对账单净支出）".into(),
        ReconciliationWord::Rule(rule) => match rule {
            Rule::Accepted => "人工认定",
            Rule::Number => "支付号、金额",
            Rule::NumberSum => "支付号、合计",
            Rule::Day => "金额、同日、收款人",
            Rule::Window => "金额、收款人、期限内",
            Rule::WindowLoosely => "金额、期限内",
            Rule::Sum => "几笔之和、期限内",
            Rule::NumberAlone => "支付号、金额（户名、日期不符）",
            Rule::Resembling => "金额、期限内（户名近似）",
        }
        .into(),
        ReconciliationWord::LeftOut { why, first, count } => {
            format!("对账单{}没有计入：{}", numbers(first, *count), left_out(*why))
        }
        ReconciliationWord::MonthsOfPayment => {
            "分月按付款日和对账单日：冲销冲减原来那笔，更正后的支出归原付款月份，与按记账日的月报可能不同。".into()
        }
        ReconciliationWord::ChoicesCut { shown, of } => {
            format!("选法共 {of} 种，这里列出 {shown} 种；`--matched` 或 `-o 文件` 列出其余")
        }
        ReconciliationWord::ChoicesUnfinished(numbers) => {
            format!("待定第 {} 处选法太多，没有全部找出", listed(numbers))
        }
        ReconciliationWord::About(about) => self::about(about),
        ReconciliationWord::NoBankBalance => "台账只记支出，不记现金和存款余额；本表不是银行存款余额调节表。".into(),
    }
}

fn about(about: &About) -> String {
    let open = match about.open {
        None => None,
        Some(Undecided::Differing) => Some("金额不同".to_owned()),
        Some(Undecided::Ambiguous(number)) => Some(format!("待人工判断，第 {number} 处")),
        Some(Undecided::OnlyInLedger) => Some("台账有、对账单没有".to_owned()),
        Some(Undecided::OnlyInStatement) => Some("对账单有、台账没有".to_owned()),
    };
    let paid = about.paid.map(|(day, sum)| format!("台账 {day} {sum}"));
    let told = about.told.map(|(day, sum)| format!("对账单 {day} {sum}"));
    let payee = Some(about.payees.clone()).filter(|payees| !payees.is_empty());
    [open, paid, told, payee].into_iter().flatten().collect::<Vec<_>>().join("；")
}

fn listed(lines: &[u64]) -> String {
    lines.iter().map(u64::to_string).collect::<Vec<_>>().join("、")
}
