//! 看不懂命令行上写的内容。
#![expect(clippy::too_many_lines, reason = "one exhaustive match a subject is easier to keep whole than in pieces")]

use super::{amount_cure, not_an_amount};
use crate::domain::figure::Explained;
use crate::lang::Words;
use crate::lang::zh::name;
use crate::problem::Usage;

pub(super) fn usage(usage: &Usage) -> Words {
    let page = "请看该命令的 `--help`";
    let like = |like: &Option<String>| {
        like.as_ref().map_or_else(|| "请看 `taizhang --help`".to_owned(), |like| format!("是不是 `{like}`？"))
    };
    match usage {
        Usage::NoCommand => Words::new("没有写命令", "请看 `taizhang --help`；第一次使用可先试 `taizhang demo`"),
        Usage::UnknownCommand { name, like: known } => Words::new(format!("没有 `{name}` 这个命令"), like(known)),
        Usage::UnknownArgument { name, like: known } => Words::new(format!("这里不认识 `{name}`"), like(known)),
        Usage::MissingArguments { names } => Words::new(format!("还缺：{}", names.join("、")), page),
        Usage::MissingValue { name } => Words::new(format!("`{name}` 后面要写内容"), page),
        Usage::TooManyValues { name, value } => {
            Words::new(format!("`{name}` 后面多写了 `{value}`"), "内容里有空格时，请用引号括起来")
        }
        Usage::GivenTwice { name } => Words::new(format!("`{name}` 写了两次"), "请只写一次"),
        Usage::Conflict { name, with } => Words::new(format!("`{name}` 与 `{with}` 不能同时使用"), "请去掉其中一个"),
        Usage::NoSuchForm { ending } => Words::new(
            format!("`-o` 写不出 .{ending} 文件"),
            "文件名请以 .xlsx、.html、.md、.csv、.json 或 .txt 结尾；要 PDF 的，用浏览器打开 .html 再打印",
        ),
        Usage::NotAChoice { name, value, choices } => {
            Words::new(format!("`{name}` 不能是 `{value}`"), format!("请从中选一个：{}", choices.join("、")))
        }
        Usage::NotUnicode => Words::new("有一处文字不是 UTF-8 编码", "请把终端的编码设为 UTF-8，再录入一次"),
        Usage::Other { said } => Words::new(format!("命令的写法有误（原文：{said}）"), "请看 `taizhang --help`"),
        Usage::BadAmount { name, value, why } => {
            Words::new(format!("`{name}` 的 `{value}` 不是金额：{}", not_an_amount(*why)), amount_cure(*why))
        }
        Usage::BadDate { name, value } => Words::new(
            format!("`{name}` 的 `{value}` 不是日期"),
            "请写成 2022-01-05、2022/1/5、20220105 或 2022年1月5日",
        ),
        Usage::BadPlan { value } => {
            Words::new(format!("`--plan` 不能是 `{value}`"), "请写 even，或按月写成 03=1万元;10=2万元")
        }
        Usage::BadMonth { value } => {
            Words::new(format!("`{value}` 不是本年度的月份"), "请写成 2022-03、2022年3月 或 3")
        }
        Usage::BadRows { value } => {
            Words::new(format!("`--rows` 的 `{value}` 不是笔数"), "请写从 1 起的整数，例如旧报表下方注明的笔数")
        }
        Usage::BadSplit { value } => Words::new(
            format!("`--split {value}` 看不懂"),
            "请写成 `分项=金额`，后面可加 `:经济分类` 和 `:资金来源`，如 `--split 5=1200.00:30201:上年结转`",
        ),
        Usage::BadKeep { value } => {
            Words::new(format!("`--keep {value}` 看不懂"), "请写成 `分项=金额` 或 `分项=all`，如 `--keep 5=1200.00`")
        }
        Usage::BadMap { value, fields } => Words::new(
            format!("`--map {value}` 看不懂"),
            format!("请写成 `字段=表头`，如 `--map 金额=本次支付`；字段有：{}", fields.join("、")),
        ),
        Usage::MapWithPlaces => Words::new(
            "[statement] 写的是第几列，这样的对账单不看表头，`--map` 用不上",
            "请去掉 `--map`，改 [statement] 里的列号；有表头的对账单，用 `--profile` 另给一份读法",
        ),
        Usage::BadWindow { value } => Words::new(format!("`--window {value}` 不是天数"), "请写整数，如 `--window 7`"),
        Usage::BadLines { name, value } => {
            Words::new(format!("`{name} {value}` 不是行号"), "请写表里的行号，如 `12` 或 `12,15-18`")
        }
        Usage::BadInvoice { value } => Words::new(
            format!("`{value}` 不是发票号码"),
            "请写 20 位数字，或“代码-号码”，如 053001900104-12345678；几张发票用 `;` 隔开",
        ),
        Usage::BadEconomic { value } => {
            Words::new(format!("`{value}` 不是经济分类科目编码"), "应为以 3 开头的五位数字，如 30211")
        }
        Usage::BadDigest { value } => Words::new(
            format!("`{value}` 不是台账校验码"),
            "请照抄报表下方的 64 位数字和字母（0-9、a-f），分组的空格可以保留",
        ),
        Usage::DateNeeded { year } => Words::new(
            format!("今天不在 {year} 年度内，记账日期没有默认值"),
            format!("请用 `--date` 写明 {year} 年度内的付款或入账日期"),
        ),
        Usage::OperatorNeeded => {
            Words::new("不知道经办人是谁", "请写 `--by 姓名`；或设好环境变量 TAIZHANG_BY，一劳永逸")
        }
        Usage::ConfirmationNeeded => {
            Words::new("建账后全年的预算就定下来了，需要您确认", "请核对以上清单，无误后加上 `--yes` 再执行一次")
        }
        Usage::UnknownFigure { name, like } => {
            let like = like.map(|like| format!("是不是 `{}`？", figure(like))).unwrap_or_default();
            let known: Vec<String> = Explained::ALL.into_iter().map(figure).collect();
            Words::new(format!("没有叫 `{name}` 的数字可以追溯"), format!("{like}可以追溯的有：{}", known.join("、")))
        }
        Usage::UnknownAllocation { name, known } => Words::new(
            format!("没有叫 `{name}` 的预算分项"),
            format!("请写序号、代码或名称的一部分：{}", allocations(known)),
        ),
        Usage::SeveralAllocations { name, known } => {
            Words::new(format!("`{name}` 对得上几个预算分项"), format!("请指明是哪一个：{}", allocations(known)))
        }
        Usage::LedgerIsBudget { path } => Words::new(
            format!("{path} 不能既是预算文件又是台账"),
            "请给预算文件用 .toml 结尾的名字，或在其中改写 `ledger`",
        ),
        Usage::NoBudget => Words::new(
            "这里没有预算文件",
            "请用 `-b 文件` 指明，或先进入它所在的文件夹；还没有的，用 `taizhang init` 新建",
        ),
        Usage::SeveralBudgets { paths } => {
            Words::new(format!("这里有几个预算文件：{}", paths.join("、")), "请用 `-b 文件` 指明用哪一个")
        }
    }
}

/// 英文名和表头上的中文名。
fn figure(explained: Explained) -> String {
    let figure = explained.figure();
    format!("{} {}", figure.key().replace('_', "-"), name(figure).trim_end_matches('%'))
}

fn allocations(known: &[(String, String)]) -> String {
    let names: Vec<String> = known.iter().map(|(number, key)| format!("{number} {key}")).collect();
    names.join("、")
}
