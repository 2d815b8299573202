//! 要求的修复为什么没有做。

use super::ledger::ledger;
use crate::domain::mending::Mended;
use crate::lang::Words;
use crate::problem::MendFault;

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
        MendFault::Beyond(fault) => Words::new(
            ledger(fault).what,
            "请留着这份文件，换回最近一份完好的副本（连同其 .head 文件），再补记此后各笔；\
             被别的程序另存过的，可用 `taizhang restore` 还原",
        ),
        MendFault::RowsAreThere { path, rows, command } => Words::new(
            format!("这些记录不必放弃：{} 里有前 {rows} 笔", path.display()),
            match command {
                Some(command) => format!("没有做任何改动；请执行 `{command}`，现在的台账会另存"),
                None => "没有做任何改动；请把现在的台账另存，换上这份副本，再用 `taizhang verify` 校验".into(),
            },
        ),
    }
}
