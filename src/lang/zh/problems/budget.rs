//! 预算文件里哪里不对。
#![expect(clippy::too_many_lines, reason = "每一类问题放在一个完整的 match 里，比拆开更好维护")]

use super::profile::profile;
use super::toml::{section, syntax, type_name};
use super::year_end::form;
use super::{amount_cure, distance, not_an_amount, text_fault, yuan};
use crate::lang::Words;
use crate::problem::BudgetFault;

pub(super) fn budget(fault: &BudgetFault) -> Words {
    let again = "请另存为 UTF-8 编码（记事本：另存为，编码选 UTF-8）";
    match fault {
        BudgetFault::TooLarge { most } => {
            Words::new(format!("文件超过了 {} KB", most / 1024), "这样的文件一般只有几页，请核对是不是这个文件")
        }
        BudgetFault::NotUtf8 { gb18030: true } => Words::new("文件是 GBK/GB18030 编码，不是 UTF-8", again),
        BudgetFault::NotUtf8 { gb18030: false } => Words::new("从这里起，文件不是 UTF-8 编码", again),
        BudgetFault::Utf16 => Words::new("文件是 UTF-16 编码，不是 UTF-8", again),
        BudgetFault::Syntax { said } => Words::new(
            syntax(said),
            "引号、等号、逗号、括号都用半角（英文输入法）；文字和金额放进 \"…\"，一行写一项 `key = …`",
        ),
        BudgetFault::DuplicateKey => Words::new("这里写重了，前面已经有过", "请只留一处，删去另一处"),
        BudgetFault::More { count } => Words::new(format!("还有 {count} 处问题"), "请先改好上面这些，再看一遍"),
        BudgetFault::UnknownKey { key, like: Some(like) } => {
            Words::new(format!("这里没有 `{key}` 这一项"), format!("是不是 `{like}`？"))
        }
        BudgetFault::UnknownKey { key, like: None } => {
            Words::new(format!("这里没有 `{key}` 这一项"), "请删去；要写说明，请放在 # 后面")
        }
        BudgetFault::MissingKey { key, table: "file" } => Words::new(
            format!("文件里缺少 [{key}] 一段"),
            format!("请单独写一行 [{key}]，其下写明 id、title、unit、fiscal_year 和 total"),
        ),
        BudgetFault::MissingKey { key, table } => {
            Words::new(format!("{} 里缺少 `{key}`", section(table)), format!("请加一行，如 {}", example(key)))
        }
        BudgetFault::NotAText { key, found } => {
            Words::new(format!("`{key}` 应当是文字，这里写的是{}", type_name(found)), "请放进半角双引号，写成 \"…\"")
        }
        BudgetFault::NotATable { key } if key == "plan" => Words::new(
            "`plan` 应当是 \"even\"，或逐月列数",
            "请写 plan = \"even\"，或 plan = { \"03\" = \"10万元\", \"10\" = \"20.58万元\" }",
        ),
        BudgetFault::NotATable { key } => Words::new(
            format!("`{key}` 应当是一段，不是一个值"),
            format!("请单独写一行 {}，其下逐项填写", section(key)),
        ),
        BudgetFault::NotAList { key } => Words::new(
            format!("`{key}` 应当是一个列表"),
            match *key {
                "economic" => "请写成 economic = [\"30211\", \"30226\"]",
                "ignore" => "请写成 ignore = [\"利息\", \"承前页*\"]",
                "side_out" => "请写成 side_out = [\"划出\"]",
                "side_in" => "请写成 side_in = [\"划入\"]",
                "target" => "请在每个绩效目标前单独写一行 [[allocation.target]]",
                "fund" | "result" => "请在每一项前单独写一行 [[fund]] 或 [[result]]",
                _ => "请在每个预算分项前单独写一行 [[allocation]]",
            },
        ),
        BudgetFault::BareNumber { text, float } => Words::new(
            format!("数字 {text} 没有加引号{}", if *float { "，照此读取会失去精确" } else { "" }),
            format!("请加半角双引号并注明单位：\"{text}元\" 或 \"{text}万元\""),
        ),
        BudgetFault::NotAnAmount { text, why } => {
            Words::new(format!("`{text}` 不是金额：{}", not_an_amount(*why)), amount_cure(*why))
        }
        BudgetFault::Negative { text } => {
            Words::new(format!("`{text}` 是负数"), "年初预算数不能小于零；批复时已核减的，请写核减后的数")
        }
        BudgetFault::NotAYear { text } => {
            Words::new(format!("`{text}` 不是预算年度"), "请写四位年份，不加引号，如 fiscal_year = 2022")
        }
        BudgetFault::Text { key, fault } => {
            let (what, cure) = text_fault(*fault);
            Words::new(format!("`{key}` {what}"), cure)
        }
        BudgetFault::EmptyText { key } => Words::new(format!("`{key}` 是空的"), "请填写"),
        BudgetFault::NotAKey { key, text } => Words::new(
            format!("`{key}` 不能是 `{text}`"),
            "请用小写字母 a-z、数字和连字符，至少有一个字母，如 major-events",
        ),
        BudgetFault::DuplicateAllocation { key, first_line } => {
            Words::new(format!("代码 `{key}` 在第 {first_line} 行已经用过"), "每个预算分项要有各自的代码")
        }
        BudgetFault::DuplicateName { name, first_line } => {
            Words::new(format!("名称“{name}”在第 {first_line} 行已经用过"), "每个预算分项要有各自的名称")
        }
        BudgetFault::NotAChoice { key, text, choices } => {
            Words::new(format!("`{key}` 不能是 `{text}`"), format!("请从中选一个：{}", choices.join("、")))
        }
        BudgetFault::NoAllocations => {
            Words::new("一个预算分项也没有", "请至少写一段 [[allocation]]，填好 key、name 和 amount")
        }
        BudgetFault::WrongTotal { stated, sum } => Words::new(
            format!(
                "控制总数是 {}，各预算分项合计却是 {}，{} {}",
                yuan(*stated),
                yuan(*sum),
                if sum > stated { "多了" } else { "少了" },
                distance(*sum, *stated),
            ),
            "请对照批复的预算逐项核对金额，两者必须相等",
        ),
        BudgetFault::NotAMonth { text } => {
            Words::new(format!("`{text}` 不是月份"), "请写两位数字并加引号，从 \"01\" 到 \"12\"")
        }
        BudgetFault::PlanDoesNotFit { plan, amount } => Words::new(
            format!("各月计划合计 {}，预算分项的金额却是 {}", yuan(*plan), yuan(*amount)),
            format!(
                "计划{} {}；各月之和必须等于金额",
                if plan > amount { "多了" } else { "少了" },
                distance(*plan, *amount)
            ),
        ),
        BudgetFault::NotACode { text } => {
            Words::new(format!("`{text}` 不是科目编码"), "经济分类是五位数字，如 30211；功能分类是三位、五位或七位数字")
        }
        BudgetFault::UnlistedCode { code, year } => unlisted(code, year),
        BudgetFault::NotPoints { text } => {
            Words::new(format!("`{text}` 不是 0 到 100 之间的数"), "请写 0 到 100 之间的数并加引号，如 \"5\"")
        }
        BudgetFault::NotAGoal { text } => Words::new(format!("`{text}` 不是目标值"), "请写比较符号和数字，如 \">=2\""),
        BudgetFault::NotAFileName { text } => {
            Words::new(format!("`{text}` 不是单纯的文件名"), "台账与预算文件放在一起：只写文件名，不写文件夹")
        }
        BudgetFault::Form(fault) => form(fault),
        BudgetFault::Profile(fault) => profile(fault),
    }
}

/// 可以照着写的一行，该加的引号都在。
fn example(key: &str) -> String {
    let value = match key {
        "id" => "\"my-office-2022\"",
        "title" => "\"项目名称\"",
        "unit" => "\"单位名称\"",
        "fiscal_year" => "2022",
        "total" => "\"58.5万元\"",
        "amount" => "\"2万元\"",
        "key" => "\"travel\"",
        "kind" => "\"quantity\"",
        "goal" => "\">=2\"",
        "fund" => "\"current\"",
        _ => "\"…\"",
    };
    format!("{key} = {value}")
}

/// 预算文件里的编码和支出的编码都要查同一张表。
pub(super) fn unlisted(code: &str, year: impl std::fmt::Display) -> Words {
    Words::new(format!("{year} 年的经济分类科目表里没有 {code}"), "请查当年的《部门预算支出经济分类科目》")
}
