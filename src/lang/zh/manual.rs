//! 手册中帮助页没有的文字。

use crate::lang::Manual;
use crate::problem::Exit;

pub(in crate::lang) fn manual(text: Manual) -> &'static str {
    match text {
        Manual::Book => "台账手册",
        Manual::Tagline => "财政资金的预算台账",
        Manual::Name => "名称",
        Manual::Synopsis => "用法",
        Manual::Description => "说明",
        Manual::ExitCodes => "退出码",
        Manual::Environment => "环境变量",
        Manual::Files => "文件",
        Manual::SeeAlso => "另请参阅",
        Manual::Exit(exit) => match exit {
            Exit::Done => "完成",
            Exit::No => "结果为否：例如询问时答了“否”，什么也没有写入",
            Exit::Usage => "看不懂命令行上写的内容",
            Exit::Refused => "规则不允许；预算文件有误也是",
            Exit::Integrity => "台账、.head 文件或纸面校验码不符",
            Exit::Io => "读写出错，什么也没有改",
            Exit::Unknown => "结果不明：请用显示的编号重复一次",
            Exit::Busy => "另一个写入正占着台账，什么也没有改",
            Exit::NotReported => "已经写入，但结果没能显示",
        },
        Manual::BudgetVariable => "预算文件；有 -b 时以 -b 为准",
        Manual::OperatorVariable => "经办人；有 --by 时以 --by 为准",
        Manual::ColorVariable => "不为空时不用颜色",
        Manual::LocaleVariables => "预算文件没有写明语言时，决定显示所用的语言",
        Manual::BudgetFile => "预算文件：这里或 budgets 文件夹里带 [budget] 的 TOML",
        Manual::LedgerFile => "台账：一笔一行，只增不改",
        Manual::HeadFile => "台账写到哪里；与台账放在一起，不要删",
        Manual::LockFile => "写入时的锁；不要删",
    }
}
