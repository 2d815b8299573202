//! 要求的修复为什么没有做。

use super::ledger::ledger;
use crate::domain::mending::Mended;
use crate::lang::Words;
use crate::problem::{LedgerFault, MendFault};

pub(super) fn mend(fault: &MendFault) -> Words {
    match fault {
        MendFault::NotThis { asked, command } => {
            let what = match asked {
                Mended::Head => "问题不在 .head 文件",
                Mended::Tail => "问题不是末尾有多余的内容",
                Mended::Missing => "问题不是末尾缺了记录",
            };
            Words::new(what, format!("没有做任何改动；应执行 `{command}`"))
        }
        MendFault::ReasonNeeded { changed: Some(row), command, .. } => Words::new(
            format!("第 {row} 笔校验码不符；这样修复会放弃它，必须写明原因"),
            format!("请先用 `taizhang restore` 还原，或从备份取回；都不行，再执行 `{command}`"),
        ),
        MendFault::ReasonNeeded { changed: None, lost, command } => {
            let what = match lost {
                Some((first, last)) if first == last => format!("这样修复会放弃已经入账的第 {first} 笔，必须写明原因"),
                Some((first, last)) => format!("这样修复会放弃已经入账的第 {first} 至 {last} 笔，必须写明原因"),
                None => "被清掉的内容里可能有已经入账的记录，必须写明原因".into(),
            };
            Words::new(what, format!("请先找备份，有完整的副本就换回来；确实没有，再执行 `{command}`"))
        }
        MendFault::Beyond(fault) => beyond(fault),
        MendFault::RowsAreThere { path, rows, is_piece, ledger, command } => {
            let (path, ledger) = (path.display(), ledger.display());
            Words::new(
                match is_piece {
                    false => format!("这些记录不必放弃：{path} 里有前 {rows} 笔"),
                    true => format!("这些记录不必放弃：{path} 里有到第 {rows} 笔为止的各笔"),
                },
                match command {
                    Some(command) => format!("没有做任何改动；请执行 `{command}`，现在的台账会另存"),
                    None if *is_piece => format!(
                        "没有做任何改动；它是从台账末尾移出来的一段：请把 {ledger} 复制一份，再把这一段接回 {ledger} 的末尾，\
                         然后执行 `taizhang repair`"
                    ),
                    None => format!(
                        "没有做任何改动；请把现在的 {ledger} 移到别处保存，把这份副本改名放到它的位置，再执行 `taizhang repair`"
                    ),
                },
            )
        }
    }
}

/// 没有一种修复适用：还能怎么办。
fn beyond(fault: &LedgerFault) -> Words {
    let words = ledger(fault);
    match fault {
        LedgerFault::Empty
        | LedgerFault::Header
        | LedgerFault::Resaved { .. }
        | LedgerFault::NewerKind { .. }
        | LedgerFault::TooLong { .. }
        | LedgerFault::Fork { .. }
        | LedgerFault::ShorterThanHead { .. } => words,
        LedgerFault::NotUtf8
        | LedgerFault::ControlByte { .. }
        | LedgerFault::Columns { .. }
        | LedgerFault::QuoteOpen
        | LedgerFault::HeaderAgain
        | LedgerFault::Column { .. }
        | LedgerFault::NotCanonical
        | LedgerFault::Hash { .. }
        | LedgerFault::Breach { .. } => Words::new(
            words.what,
            "请先用 `taizhang restore` 逐笔核对：它会指出改的是哪一格、原来是什么，或缺的是哪一笔，照样改回、另存，再还原；\
             改不回的，留着这份文件，换回最近一份完好的副本（连同其 .head 文件），再补记此后各笔",
        ),
        LedgerFault::Unended
        | LedgerFault::BatchCutShort { .. }
        | LedgerFault::HeadUnreadable
        | LedgerFault::LineFeedMissing { .. }
        | LedgerFault::HeadDiffers { .. }
        | LedgerFault::CloseDigest { .. }
        | LedgerFault::IdTwice { .. }
        | LedgerFault::TakenBackTwice { .. }
        | LedgerFault::RefersToOther { .. }
        | LedgerFault::AnchorUnknown { .. }
        | LedgerFault::FewerRows { .. } => {
            Words::new(words.what, "请留着这份文件，换回最近一份完好的副本（连同其 .head 文件），再补记此后各笔")
        }
    }
}
