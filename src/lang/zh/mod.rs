//! 中文。

mod checkup;
mod detection;
mod disclosure;
mod explained;
mod help;
mod inquiries;
mod manual;
mod mending;
mod pack;
mod phrases;
mod problems;
mod reconciliation;
mod year_end;

pub(super) use checkup::{checkup, finding};
pub(super) use detection::detection;
pub(super) use disclosure::disclosure;
pub(super) use explained::{kind, sign};
pub(super) use help::{help, placeholder};
pub(super) use inquiries::{choice, hint, manner, text as inquiry};
pub(super) use manual::manual;
pub(super) use mending::mending;
pub(super) use pack::pack;
pub(super) use phrases::phrase;
pub(super) use problems::problem;
pub(super) use reconciliation::reconciliation;
pub(super) use year_end::year_end;

use crate::domain::figure::Figure;

#[expect(clippy::too_many_lines, reason = "one exhaustive match is easier to keep whole than in pieces")]
pub(super) fn heading(figure: Figure) -> &'static str {
    match figure {
        Figure::Check => "项目",
        Figure::Verdict => "结果",
        Figure::Finding => "情况",
        Figure::Cure => "办法",
        Figure::Number => "号",
        Figure::Allocation => "代码",
        Figure::Name => "预算分项",
        Figure::Original => "年初预算数",
        Figure::Adjusted => "预算调整",
        Figure::Revised => "调整预算数",
        Figure::Committed => "预占",
        Figure::Spent => "支出数",
        Figure::Available => "可用余额",
        Figure::ExecutionRate => "执行率%",
        Figure::PlanToDate => "累计计划",
        Figure::Variance => "差异\n计划减支出",
        Figure::VarianceRate => "差异率%",
        Figure::ElapsedRate => "序时进度%",
        Figure::Gap => "进度差\n百分点",
        Figure::Forecast => "全年预计",
        Figure::Status => "状态",
        Figure::Seq => "笔号",
        Figure::Date => "日期",
        Figure::Age => "已过天数",
        Figure::Payee => "收款人",
        Figure::Memo => "摘要",
        Figure::Doc => "合同号",
        Figure::Promised => "预占数",
        Figure::Released => "已释放",
        Figure::MonthSpent => "本月支出",
        Figure::Left => "上年余额",
        Figure::Carried => "结转",
        Figure::Lapsed => "未结转",
        Figure::Count => "笔数",
        Figure::Amount => "金额",
        Figure::Line => "行",
        Figure::Fate => "结果",
        Figure::Kind => "类型",
        Figure::Voucher => "凭证号",
        Figure::Approval => "文号",
        Figure::Running => "累计",
        Figure::Part => "所属",
        Figure::Step => "步骤",
        Figure::Operation => "运算",
        Figure::Value => "数额",
        Figure::Plan => "用款计划",
        Figure::From => "起始月",
        Figure::CountedIn => "计时单位",
        Figure::Elapsed => "已过",
        Figure::Span => "全程",
        Figure::Due => "应计",
        Figure::Accrued => "应计合计",
        Figure::PlannedLater => "今后计划",
        Figure::StillToCome => "两者取大",
        Figure::OverPlan => "超出计划",
        Figure::Zero => "零",
        Figure::Quotient => "未舍入%",
        Figure::Distance => "与计划的距离（百分点）",
        Figure::Band => "正常范围（百分点）",
        Figure::DaysElapsed => "已过天数",
        Figure::DaysInYear => "全年天数",
        Figure::MonthsElapsed => "已过整月",
        Figure::MonthsInYear => "全年月数",
        Figure::Fund => "资金来源",
        Figure::YearRevised => "全年\n预算数",
        Figure::YearSpent => "全年\n执行数",
        Figure::Points => "分值",
        Figure::Score => "得分",
        Figure::LeftOver => "结转结余",
        Figure::CarryForward => "结转",
        Figure::Surplus => "结余",
        Figure::Whose => "对象",
        Figure::Reason => "原因",
        Figure::TargetKind => "指标",
        Figure::Goal => "目标值",
        Figure::Unit => "单位",
        Figure::Actual => "完成值",
        Figure::Met => "是否达到",
        Figure::CarriedFrom => "结转自",
        Figure::Content => "实施内容",
        Figure::Budgeted => "预算",
        Figure::Ref => "关联笔号",
        Figure::Invoice => "发票号码",
        Figure::Payment => "支付令号",
        Figure::SpentToDate => "本年累计\n支出",
        Figure::MonthOwn => "本月发生",
        Figure::MonthCorrections => "以前月份\n更正",
        Figure::AvailableChange => "余额比\n上月增减",
        Figure::File => "文件",
        Figure::Bytes => "字节数",
        Figure::Sha256 => "SHA-256",
        Figure::Seqs => "笔号",
        Figure::Lines => "对账单\n行号",
        Figure::StatementDate => "对账单\n日期",
        Figure::StatementPayee => "对账单\n户名",
        Figure::LedgerAmount => "台账金额",
        Figure::StatementAmount => "对账单金额",
        Figure::MatchedBy => "依据",
        Figure::LedgerItems => "台账各笔",
        Figure::StatementItems => "对账单各行",
        Figure::Ambiguity => "序号",
        Figure::Choice => "选法",
        Figure::ChoicesComplete => "选法列全",
        Figure::LedgerSpent => "台账支出",
        Figure::StatementNet => "对账单\n净支出",
        Figure::SidesDiffer => "差额",
        Figure::Crossing => "跨月",
        Figure::OnlyInLedger => "只在台账",
        Figure::OnlyInStatement => "只在\n对账单",
        Figure::ExplainedAway => "已说明",
        Figure::Differing => "金额不同",
        Figure::Ambiguous => "待判断",
        Figure::Month => "月份",
        Figure::Economic => "科目编码",
        Figure::Method => "支付方式",
        Figure::ExpenseCount => "支出笔数",
        Figure::Expenses => "支出",
        Figure::Reversals => "红字冲销",
        Figure::Refunds => "退款",
        Figure::Share => "占比%",
        Figure::ThreePublic => "“三公”经费合计",
        Figure::GoingAbroad => "因公出国（境）费用",
        Figure::BuyingCars => "公务用车购置",
        Figure::RunningCars => "公务用车运行维护费",
        Figure::ReceivingGuests => "公务接待费",
    }
}

/// 句中所称：表头的第一行，或分两行写的全文。
pub(super) fn name(figure: Figure) -> String {
    let heading = heading(figure);
    // 这些表头分两行写，是一个词。
    if matches!(
        figure,
        Figure::SpentToDate
            | Figure::YearRevised
            | Figure::YearSpent
            | Figure::MonthCorrections
            | Figure::AvailableChange
            | Figure::StatementDate
            | Figure::StatementPayee
            | Figure::Lines
            | Figure::StatementNet
            | Figure::OnlyInStatement
    ) {
        return heading.replace('\n', "");
    }
    heading.lines().next().unwrap_or_default().to_owned()
}
