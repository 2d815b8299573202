//! 认出来的对账单读法。

use crate::domain::statement::{Column, LeftOut, Separator, TextEncoding};
use crate::lang::DetectionWord;

pub(in crate::lang) fn detection(word: &DetectionWord) -> String {
    match word {
        DetectionWord::Introduction { file } => format!(
            "{file} 的读法。核对后，把 [statement] 一段放进预算文件，
或存成单独的文件，用 taizhang reconcile 对账单 --profile 本文件 对账。"
        ),
        DetectionWord::Text { encoding, separator } => {
            let encoding = match encoding {
                TextEncoding::Auto => "没有汉字，编码不限",
                TextEncoding::Utf8 => "UTF-8 编码",
                TextEncoding::Utf16 => "UTF-16 编码",
                TextEncoding::Gb18030 => "GBK/GB18030 编码",
            };
            let separator = match separator {
                Separator::Auto => "首行 sep= 指明的分隔符",
                Separator::Comma => "逗号",
                Separator::Semicolon => "分号",
                Separator::Tab => "制表符（Tab）",
                Separator::Bar => "竖线",
            };
            format!("文本文件，{encoding}，各列以{separator}分隔")
        }
        DetectionWord::Sheet(name) => format!("工作簿，读的是“{name}”这张表"),
        DetectionWord::HeadingsIn(row) => format!("表头在第 {row} 行"),
        DetectionWord::Counted => "没有表头，各列按第几列读".into(),
        DetectionWord::Movements { count, period: None, .. } => format!("读出 {count} 笔"),
        DetectionWord::Movements { count, period: Some((from, to)), out, into } => {
            format!("读出 {count} 笔，{from} 至 {to}；支出 {} 元，收入 {} 元", out.grouped(), into.grouped())
        }
        DetectionWord::LeftOut { why, lines, count } => {
            let why = left_out(*why);
            format!("没有计入（{why}）：{}", numbers(lines, *count))
        }
        DetectionWord::Unread { lines, count } => format!("读不了：{}", numbers(lines, *count)),
        DetectionWord::Turned => "对账单的余额表明，支出和收入与通常的读法相反，下面已经对调；请核对".into(),
        DetectionWord::Candidates(row) => format!("没有认出表头。最像表头的是第 {row} 行，各列是："),
        DetectionWord::NoCandidates => "没有认出表头：没有一行写着文字".into(),
        DetectionWord::ToFillIn => "\
请在下面填上表头，并去掉行首的 #。至少要有 date，以及 out、in 或 amount。
对账单没有表头的，都改写成第几列，如 date = 1，并用 skip_rows 写明上面有几行不看。"
            .into(),
        DetectionWord::Column(column) => match column {
            Column::Date => "日期",
            Column::Out => "支出（借方）",
            Column::In => "收入（贷方）",
            Column::Amount => "金额，支出和收入在同一列的",
            Column::Side => "借贷标志",
            Column::Payee => "对方户名",
            Column::Payer => "付款人",
            Column::Payment => "支付令号或流水号",
            Column::Memo => "摘要",
            Column::Status => "交易状态",
            Column::Currency => "币种",
        }
        .into(),
    }
}

pub(super) fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Balance => "余额、合计",
        LeftOut::Ignored => "ignore 里写明的",
        LeftOut::Others => "不含 only 里写明的",
        LeftOut::Zero => "金额为零",
        LeftOut::Failed => "交易失败",
        LeftOut::Headings => "重复的表头",
    }
}

pub(super) fn numbers(lines: &[u64], count: u64) -> String {
    let named: Vec<String> = lines.iter().map(u64::to_string).collect();
    let named = named.join("、");
    if count > lines.len() as u64 {
        format!("第 {named} 行等，共 {count} 行")
    } else {
        format!("第 {named} 行")
    }
}
