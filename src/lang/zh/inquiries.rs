//! 在终端上逐项询问的话。

use crate::domain::capitals::capitals;
use crate::domain::entry::Kind;
use crate::lang::{Choice, Inquiry, Manner};

pub(in crate::lang) fn text(inquiry: &Inquiry) -> String {
    match inquiry {
        Inquiry::PayingAllocation => "从哪个预算分项支出？".into(),
        Inquiry::PromisingAllocation => "预占哪个预算分项的钱？".into(),
        Inquiry::ChangedAllocation => "调整哪个预算分项？".into(),
        Inquiry::GivingAllocation => "从哪个预算分项调出？".into(),
        Inquiry::TakingAllocation => "调入哪个预算分项？".into(),
        Inquiry::RightAllocation => "应记在哪个预算分项？".into(),
        Inquiry::Commitment => "用哪一笔预占支付？".into(),
        Inquiry::Fund => "用哪种资金？".into(),
        Inquiry::AddOrCut => "追加还是追减？".into(),
        Inquiry::Amount => "金额是多少元？".into(),
        Inquiry::AmountRight(amount) => format!("{} 元，{}，对吗？", amount.grouped(), capitals(*amount)),
        Inquiry::Date => "记账日期？".into(),
        Inquiry::Payee => "收款人？".into(),
        Inquiry::Memo => "摘要？".into(),
        Inquiry::Voucher => "凭证号？".into(),
        Inquiry::Payment => "支付令号或银行流水号？".into(),
        Inquiry::Invoice => "发票号码？".into(),
        Inquiry::Economic | Inquiry::EconomicOf => "经济分类？".into(),
        Inquiry::Approval => "文号？".into(),
        Inquiry::Contract => "合同号或文号？".into(),
        Inquiry::Row(Kind::Reversal) => "冲销哪一笔支出？".into(),
        Inquiry::Row(Kind::Refund) => "哪一笔支出的退款？".into(),
        Inquiry::Row(Kind::Release) => "释放哪一笔预占？".into(),
        Inquiry::Row(Kind::Note) => "补注哪一笔？".into(),
        Inquiry::Row(_) => "更正哪一笔支出？".into(),
        Inquiry::RowByNumber(kind) => format!("{}？", number(*kind)),
        Inquiry::Month => "结到哪个月？".into(),
        Inquiry::ToWrite => "确认记账？（是/否/改）".into(),
        Inquiry::ToClose => "确认结账？（是/否/改）".into(),
    }
}

pub(in crate::lang) fn hint(inquiry: &Inquiry) -> &'static str {
    match inquiry {
        Inquiry::Amount => "如 1234.50、1,234.50 或 0.12万元",
        Inquiry::AmountRight(_) => "回车即确认；不对就重新输入金额",
        Inquiry::Date => "如 2022-01-05 或 2022年1月5日",
        Inquiry::Invoice => "几张用 ; 隔开",
        Inquiry::Economic => "款级编码，如 30211",
        Inquiry::ToWrite => "答“改”可以逐项修改",
        Inquiry::ToClose => "结账后不再记入，也不能取消",
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
        Manner::Needed => "Esc 放弃".into(),
        Manner::Skippable => "回车跳过，Esc 放弃".into(),
        Manner::Today(today) => format!("回车即今天 {today}，Esc 放弃"),
        Manner::AllThatIsLeft(Some(left)) => format!("回车即余下的全部 {} 元，Esc 放弃", left.grouped()),
        Manner::AllThatIsLeft(None) => "回车即余下的全部，Esc 放弃".into(),
        Manner::Unchanged(Some(now)) if !now.is_empty() => format!("现为 {now}；回车不变，Esc 放弃"),
        Manner::Unchanged(_) => "回车不变，Esc 放弃".into(),
        Manner::Choice => "↑↓ 移动，回车选定，键入可筛选，Esc 放弃".into(),
    }
}

pub(in crate::lang) fn choice(choice: Choice) -> String {
    match choice {
        Choice::NoCommitment => "不用预占".into(),
        Choice::Add => "追加".into(),
        Choice::Cut => "追减".into(),
        Choice::NoCode => "不填".into(),
        Choice::Unchanged => "不变".into(),
        Choice::OtherRow(kind) => format!("另输{}", number(kind)),
        Choice::Through(month) => format!("{month}  连同此前未结的月份"),
    }
}

/// 各类记录凭什么号码指明。
fn number(kind: Kind) -> &'static str {
    if kind == Kind::Release { "笔号或合同号" } else { "笔号或凭证号" }
}
