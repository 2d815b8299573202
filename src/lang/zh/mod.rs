//! 中文。

mod help;
mod phrases;
mod problems;

pub(super) use help::help;
pub(super) use phrases::phrase;
pub(super) use problems::problem;

use crate::domain::figure::Figure;

pub(super) fn heading(figure: Figure) -> &'static str {
    match figure {
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
    }
}

/// 句中所称：表头的第一行。
pub(super) fn name(figure: Figure) -> String {
    heading(figure).lines().next().unwrap_or_default().to_owned()
}
