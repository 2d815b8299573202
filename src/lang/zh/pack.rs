//! 月报资料：各部分的名称，以及怎样看、怎样核对的说明。

use crate::lang::PackWord;

pub(in crate::lang) fn pack(word: &PackWord) -> String {
    match word {
        PackWord::Title(month) => format!("{month} 预算执行资料"),
        PackWord::Monthly => "月报".into(),
        PackWord::Balance => "余额".into(),
        PackWord::Variance => "差异".into(),
        PackWord::Register => "明细".into(),
        PackWord::Remarks => "说明".into(),
        PackWord::RemarksTitle(month) => format!("编制说明   {month}"),
        PackWord::Parts => "各表内容".into(),
        PackWord::PartHeading => "表".into(),
        PackWord::PartShows => "内容".into(),
        PackWord::MonthlyShows => "本月发生了什么：支出、以前月份更正、预算调整，以及到月末的累计".into(),
        PackWord::BalanceShows => "到月末还剩多少：年初预算数、预算调整、预占、支出数、可用余额".into(),
        PackWord::VarianceShows => "与计划差多少：累计计划、差异、序时进度、全年预计".into(),
        PackWord::RegisterShows => "本月每一笔记录，及其后的可用余额".into(),
        PackWord::Terms => "数字怎样算".into(),
        PackWord::TermHeading => "名称".into(),
        PackWord::TermRule => "算法".into(),
        PackWord::CorrectionsRule => {
            "本月支出中，更正已结账月份的部分：所指的那笔记录，或业务日期，属于当时已结账的月份".into()
        }
        PackWord::Files => "本套资料的文件".into(),
        PackWord::FileHeading => "文件".into(),
        PackWord::FileHolds => "用途".into(),
        PackWord::FileForReading => "阅读、打印、签字".into(),
        PackWord::FileForWorking => "用 Excel、WPS 打开；合计是公式".into(),
        PackWord::FileForText => "纯文本，可贴入公文或网页".into(),
        PackWord::FileForSpreadsheets(part) => format!("“{part}”的数据，一律以元计"),
        PackWord::FileForPrograms => "四张表的数据，供程序读取，一律以元计".into(),
        PackWord::CheckFigures { ledger, as_of } => format!(
            "核对数字：用任何表格软件打开 {ledger}，取 date 不晚于 {as_of} 的行，按 allocation 与 kind 对 amount 求和（如 SUMIFS）：\
             年初预算数 = budget；预算调整 = adjustment；预占 = commitment + release；支出数 = expense + reversal + refund。"
        ),
        PackWord::CheckSeal { ledger, row } => format!(
            "核对封存：第 {row} 笔（close）的摘要写有 bytes、sha256 和 sm3。head -c 字节数 {ledger} | sha256sum 得到的应与 sha256 相同，\
             sm3 可用 openssl dgst -sm3 核对。"
        ),
        PackWord::CheckChain { digest } => {
            format!("核对台账：taizhang verify --anchor {digest}")
        }
    }
}
