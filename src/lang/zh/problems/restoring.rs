//! 被别的程序另存过的台账，哪里不能还原。

use super::column_name;
use crate::domain::mending::Compared;
use crate::domain::text::shown;
use crate::lang::Words;
use crate::problem::{RestoreFault, Unproved};

pub(super) fn restoring(fault: &RestoreFault) -> Words {
    match fault {
        RestoreFault::Unproved { row, why } => unproved(*row, why),
        RestoreFault::RowsMissing { from, to } => Words::new(
            if from == to {
                format!("这里之前缺第 {from} 笔")
            } else {
                format!("这里之前缺第 {from} 至 {to} 笔")
            },
            "若是在表格里排过序或删过行，请按 seq 列排序、补回后另存，再还原；否则请从备份取回",
        ),
        RestoreFault::OutOfPlace { row, after } => Words::new(
            format!("第 {row} 笔排到了第 {after} 笔之后，或是多出来的"),
            "请在表格里按 seq 列从小到大排序，去掉多出来的行，另存后再还原",
        ),
        RestoreFault::EndsInABatch { rows } => Words::new(
            format!("第 {rows} 笔之后的一批记录不完整：末尾缺了记录"),
            "请核对文件是不是全的；缺的请从备份取回",
        ),
        RestoreFault::OtherRows { rows } => Words::new(
            format!("现有台账里仍然完好的 {rows} 笔，要放回去的文件里不全有"),
            "未做任何更改；请核对是不是同一本台账、是不是旧的副本",
        ),
        RestoreFault::LacksStated { row, rows } => Words::new(
            format!("现有文件里写着第 {row} 笔，要放回去的 {rows} 笔里没有，或不是同一笔"),
            "未做任何更改；请先不写文件名直接 `taizhang restore`，或找更新的副本；确实找不回的，把现有文件移到别处保存后再还原",
        ),
        RestoreFault::NotNeeded { path, compared } => not_needed(&path.display().to_string(), *compared),
    }
}

fn not_needed(path: &str, compared: Compared) -> Words {
    let Compared { same, ledger, file, given_up_by } = compared;
    let (from, to) = (same + 1, file);
    let others = if from == to { format!("第 {from} 笔") } else { format!("第 {from} 至 {to} 笔") };
    match given_up_by {
        _ if same == 0 => Words::new(
            format!("台账完好，没有动它；{path} 是另一本台账"),
            "请核对文件；要还原的是那一本，就用 `-b 文件` 指明它的预算文件",
        ),
        _ if same == ledger => Words::new(
            format!("台账完好，没有动它；{path} 比它多出{others}"),
            format!(
                "这些若已入账，台账就是旧的：请把台账和它的 .head 文件移到别处保存，再执行 `taizhang restore {path} --in-place`；若没有入账，不必处理"
            ),
        ),
        Some(row) => Words::new(
            format!("台账完好，没有动它；{path} 里的{others}，台账第 {row} 笔（修复记录）写明已经放弃"),
            format!("已放弃的放不回去：请对照 {path} 和凭证，把这些逐笔补记进台账"),
        ),
        None => Words::new(
            format!("台账完好，没有动它；{path} 里的{others}与台账不同，前 {same} 笔相同"),
            "请核对哪一份是对的；确已发生、台账里没有的，凭凭证补记",
        ),
    }
}

fn unproved(row: u64, why: &Unproved) -> Words {
    match why {
        Unproved::DigitsGone { column, text } => Words::new(
            format!(
                "第 {row} 笔不能证实：{}（{column} 列）`{}` 的后几位数字已经丢失",
                column_name(column),
                shown(text)
            ),
            "丢掉的位数无从推算：请从备份或凭证查到原来的号码，照样填进这一格（设为文本），另存后再还原",
        ),
        Unproved::Cell { column, text } => Words::new(
            format!("第 {row} 笔不能证实：{}（{column} 列）`{}` 认不出来", column_name(column), shown(text)),
            "请从备份或凭证查到原来的内容，填进这一格，另存后再还原",
        ),
        Unproved::Changed { column, was } if was.is_empty() => Words::new(
            format!("第 {row} 笔被改动过：{}（{column} 列）原来是空的", column_name(column)),
            "请清空这一格，另存后再还原；真要更改，请在还原之后记更正",
        ),
        Unproved::Changed { column, was } => Words::new(
            format!("第 {row} 笔被改动过：{}（{column} 列）原为 `{}`", column_name(column), shown(was)),
            "请照原样改回，另存后再还原；真要更改，请在还原之后记更正（`taizhang correct`）",
        ),
        Unproved::CharactersGone { column, text } => Words::new(
            format!("第 {row} 笔不能证实：{}（{column} 列）`{}` 里有字成了问号", column_name(column), shown(text)),
            "另存时所选的编码里没有这些字，丢掉的字无从推算：请用备份，或重新打开原文件，另存为 UTF-8",
        ),
        Unproved::NoDigest => Words::new(
            format!("第 {row} 笔不能证实：没有校验码（hash 列）"),
            "若是后来添上的行，请删去后另存，再还原；若各格错了位（如全文替换过逗号），或校验码被改，请从备份取回",
        ),
        Unproved::AfterNoDigest => Words::new(format!("第 {row} 笔不能证实：它的前一笔没有校验码"), "请先处理前一笔"),
        Unproved::Unknown => Words::new(
            format!("第 {row} 笔不能证实：内容与校验码不符，看不出是哪一列"),
            "请与备份或凭证核对这一笔，照原样改回，另存后再还原",
        ),
    }
}
