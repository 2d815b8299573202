//! 台账、.head 文件或纸面校验码哪里不对。
#![expect(clippy::too_many_lines, reason = "每一类问题放在一个完整的 match 里，比拆开更好维护")]

use super::{column_name, fund_name, kind_name, yuan};
use crate::domain::ledger::Breach;
use crate::domain::sign::Sign;
use crate::domain::text::shown;
use crate::lang::Words;
use crate::problem::LedgerFault;

pub(super) fn ledger(fault: &LedgerFault) -> Words {
    let copy = "查清之前请不要再记账：先用 `taizhang repair` 看能不能修复；不能，就留着这份文件，换回最近一份完好的副本（连同其 .head 文件），再补记此后各笔；\
                副本是否可靠，可用 `taizhang verify --anchor` 与已签字报表上的校验码核对";
    match fault {
        LedgerFault::Empty => Words::new(
            "台账里没有完整的建账记录",
            "若从未记过账，请移走这个文件，再用 `taizhang open` 建账；否则请换回最近一份完好的副本",
        ),
        LedgerFault::Header => Words::new(
            "这不是格式 1 的台账：第一行不是规定的表头",
            "请核对是不是这个文件；也可能是由更新版本的程序写的",
        ),
        LedgerFault::Resaved { signs } => {
            let signs: Vec<&str> = signs.iter().map(|sign| sign_name(*sign)).collect();
            Words::new(
                format!("这份台账被别的程序另存过（{}）", signs.join("、")),
                "可用 `taizhang restore` 逐笔还原，每一笔由自己的校验码证实；或换回没有在 Excel 或 WPS 里\
                 保存过的那一份；要用它们查看，请打开副本",
            )
        }
        LedgerFault::NotUtf8 => Words::new("从这里起，这一行不是 UTF-8 编码", copy),
        LedgerFault::ControlByte { byte } => Words::new(format!("这里有看不见的控制字符（0x{byte:02X}）"), copy),
        LedgerFault::Columns { found } => Words::new(format!("这一行有 {found} 列，应为 22 列"), copy),
        LedgerFault::QuoteOpen => Words::new("这一行的引号没有成对", copy),
        LedgerFault::HeaderAgain => Words::new("表头在这里又出现了一次：像是两份文件接在了一起", copy),
        LedgerFault::Fork { row } => Words::new(
            format!("第 {row} 笔有两笔，接在同一笔之后：像是两台机器同时记了账"),
            "请先停止在两台机器上记账，留着这份文件；与凭证核对哪一笔先记，换回只有那一笔的副本（连同其 .head 文件），\
             再补记另一笔；台账请只放在一台机器的本机硬盘上",
        ),
        LedgerFault::Column { name, text } => {
            Words::new(format!("{}（{name} 列）的 `{}` 不是台账的写法", column_name(name), shown(text)), copy)
        }
        LedgerFault::NewerKind { kind } => {
            Words::new(format!("类型 `{kind}` 的记录属于更新的格式"), "请使用写下这些记录的新版程序")
        }
        LedgerFault::NotCanonical => Words::new("这一行的引号不是台账的写法", copy),
        LedgerFault::TooLong { most } => {
            Words::new(format!("有一行超过了 {} KB", most / 1024), "台账里没有这样长的行，请核对是不是这个文件")
        }
        LedgerFault::Unended => Words::new("文件在一笔记录的中间断了", copy),
        LedgerFault::BatchCutShort { place, count } => {
            Words::new(format!("文件断了：同一批的 {count} 笔只有前 {place} 笔"), copy)
        }
        LedgerFault::Hash { row } => Words::new(format!("第 {row} 笔或它之前的记录被改动过：校验码不符"), copy),
        LedgerFault::Breach { row, breach } => {
            Words::new(format!("第 {row} 笔不应出现在这里：{}", breached(breach)), copy)
        }
        LedgerFault::LineFeedMissing { row } => Words::new(
            format!("第 {row} 笔内容完整，只是行尾少了换行"),
            "用 `taizhang repair --tail` 补上换行即可，不放弃任何记录",
        ),
        LedgerFault::HeadUnreadable => Words::new(
            "台账的 .head 文件（记着台账写到了哪一笔）读不出来：末尾是否缺了记录，无从核对",
            "请先用 `taizhang verify --anchor` 与已签字报表上的校验码核对台账；\
             相符，就用 `taizhang repair --head` 重做 .head 文件，原来的会另存",
        ),
        LedgerFault::ShorterThanHead { head_rows, rows: 0 } => Words::new(
            format!("台账里一笔也没有了，而 .head 文件记着已有 {head_rows} 笔"),
            "台账可能被移走、改名、删除或截断：请找回它，放回预算文件旁边；只有备份的，执行 `taizhang restore 备份文件 --in-place`",
        ),
        LedgerFault::ShorterThanHead { head_rows, rows } => Words::new(
            format!("台账只有 {rows} 笔，而已经入账的有 {head_rows} 笔：末尾缺了记录"),
            "请先找最近一份完好的副本换回来；缺哪几笔、旁边的副本里有没有、实在找不回怎么办，\
                 用 `taizhang repair` 查看",
        ),
        LedgerFault::HeadDiffers { row } => Words::new(
            format!("第 {row} 笔不是当初入账的那一笔（与 .head 文件所记不符）"),
            "台账与 .head 文件不配套：请找回同时保存的一对，\
             再用 `taizhang verify --anchor` 与已签字报表上的校验码核对；台账没有错的，\
             用 `taizhang repair --head` 重做 .head 文件",
        ),
        LedgerFault::CloseDigest { row, field } => {
            let field = match *field {
                "rows" => "笔数",
                "bytes" => "字节数",
                "sha256" => " SHA-256 ",
                "sm3" => " SM3 ",
                other => column_name(other),
            };
            Words::new(format!("结账记录（第 {row} 笔）所载{field}与此前各笔不符"), copy)
        }
        LedgerFault::IdTwice { row, first, id } => {
            Words::new(format!("第 {row} 笔的编号 `{id}` 与第 {first} 笔重复"), copy)
        }
        LedgerFault::TakenBackTwice { row, of, over } => {
            Words::new(format!("第 {row} 笔冲减的数额，比第 {of} 笔余下的多 {}", yuan(*over)), copy)
        }
        LedgerFault::RefersToOther { row, of } => {
            Words::new(format!("第 {row} 笔对应的是第 {of} 笔，而那一笔的类型不对"), copy)
        }
        LedgerFault::AnchorUnknown { rows } => Words::new(
            format!("已校验的 {rows} 笔中，没有一笔是这个校验码"),
            "请再与纸面核对一遍；若没有录错，则这不是当时打印的那份台账，或台账后来被改写过",
        ),
        LedgerFault::FewerRows { asked, rows } => Words::new(
            format!("台账只有 {rows} 笔，没有 {asked} 笔"),
            format!("`--rows` 请写 1 到 {rows}，例如旧报表下方注明的笔数"),
        ),
    }
}

pub(in crate::lang) fn sign_name(sign: Sign) -> &'static str {
    match sign {
        Sign::Workbook => "成了 Excel 工作簿",
        Sign::Bom => "文件开头多了 BOM 标记",
        Sign::Utf16 => "编码成了 UTF-16",
        Sign::Gb18030 => "编码成了 GBK/GB18030",
        Sign::CarriageReturn => "换行成了 Windows 的 CRLF",
        Sign::OldReturn => "换行成了旧式的 CR",
        Sign::Separator(';') => "逗号成了分号",
        Sign::Separator(_) => "逗号成了制表符",
        Sign::Quoting => "引号有变动",
        Sign::Date => "日期换了写法",
        Sign::Amount => "金额换了写法",
        Sign::Number => "编号被当成数字或日期",
        Sign::Scientific => "数字成了科学记数法",
        Sign::Layout => "空格或空行有变动",
    }
}

fn breached(breach: &Breach) -> String {
    match breach {
        Breach::Seq { expected, found } => format!("这一行的笔号是 {found}，应为 {expected}"),
        Breach::FirstRowNotOpen => "第 1 笔应为建账记录（`open`）".into(),
        Breach::OpenAgain => "一本台账只能建账一次".into(),
        Breach::OpenMemo => "建账记录要写明格式、预算和年度，日期为 1 月 1 日".into(),
        Breach::OpeningHolds(kind) => format!("建账的一批里只能有年初预算，不能有{}", kind_name(*kind)),
        Breach::Batch { expected } => format!("批次应为 {}of{}", expected.place, expected.count),
        Breach::BatchBegins { place } => format!("一批应从 1 开始，不是 {place}"),
        Breach::IdMissing => "没有编号".into(),
        Breach::DateMissing => "没有记账日期".into(),
        Breach::DateGiven => "不应是这个记账日期".into(),
        Breach::DateOutsideYear { date, year } => format!("{date} 不在 {year} 预算年度内"),
        Breach::MonthClosed { month } => format!("{month} 在它之前已经结账"),
        Breach::Sign { kind, amount } => format!("{}的金额不能是 {}", kind_name(*kind), yuan(*amount)),
        Breach::AllocationMissing => "没有写明预算分项".into(),
        Breach::AllocationGiven { kind } => format!("{}不应写预算分项", kind_name(*kind)),
        Breach::UnknownAllocation { key } => format!("台账里没有建过预算分项 `{key}`"),
        Breach::OpenedTwice { key, fund } => format!("预算分项 `{key}`（资金来源：{}）前面已经有了", fund_name(*fund)),
        Breach::LateOriginal => "年初预算数只能在建账时写入".into(),
        Breach::PlanMissing => "没有用款计划".into(),
        Breach::PlanGiven { kind } => format!("{}不应有用款计划", kind_name(*kind)),
        Breach::PlanUnreadable => "用款计划不是台账的写法".into(),
        Breach::PlanDoesNotFit { plan, amount } => {
            format!("用款计划合计 {}，金额却是 {}", yuan(*plan), yuan(*amount))
        }
        Breach::RefMissing { kind } => format!("{}要注明对应哪一笔", kind_name(*kind)),
        Breach::RefGiven { kind } => format!("{}不应对应别的记录", kind_name(*kind)),
        Breach::RefForward { refers_to } => format!("它对应第 {refers_to} 笔，而那一笔不在它之前"),
        Breach::CloseOutOfOrder { expected } => format!("接下来应结 {expected} 的账"),
    }
}
