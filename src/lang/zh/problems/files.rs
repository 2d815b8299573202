//! 文件系统或另一处记账造成的问题，以及没有错但值得一提的事。

use std::path::Path;

use super::system::io_error;
use super::{column_name, numbers};
use crate::domain::mending::{Mended, Repair};
use crate::lang::Words;
use crate::problem::{Doing, FileFault, Notice};

pub(super) fn file(fault: &FileFault) -> Words {
    match fault {
        FileFault::Missing { path } => Words::new(format!("没有 {} 这个文件", path.display()), "请核对文件名和文件夹"),
        FileFault::Io { doing, path, error } => Words::new(
            format!("{} {}失败：{}", path.display(), doing_name(*doing), io_error(error)),
            "未做任何更改；请检查磁盘、剩余空间和权限，再执行一次",
        ),
        FileFault::LayingBy { doing, folder, error } => Words::new(
            format!("{} 中的暂存文件{}失败：{}", folder.display(), doing_name(*doing), io_error(error)),
            "未做任何更改；数据太多，内存放不下，要借用这个文件夹：请腾出空间，或在环境变量 TMPDIR（Windows 为 TMP）中另指一个，再执行一次",
        ),
        FileFault::PackIncomplete { path, written, error } => Words::new(
            format!("{} 写入失败：{}；此前已写出 {written} 个文件", path.display(), io_error(error)),
            "台账没有变；这套资料不完整，请不要归档，排除原因后再执行一次",
        ),
        FileFault::NotRegular { path } => Words::new(
            format!("{} 不是普通文件", path.display()),
            match path.extension().and_then(|ending| ending.to_str()) {
                Some("head" | "lock") => "这个名称由本程序使用：请把占了它的文件夹之类移走，下次记账时会自动重做",
                _ => "它可能是文件夹或管道：请核对名称，写明文件本身",
            },
        ),
        FileFault::Link { path } => Words::new(
            format!("{} 只是指向另一个文件的符号链接", path.display()),
            "请用 `-b 文件` 指明真正的台账旁边的那份预算文件，这样几个人同时记账才会互相等候",
        ),
        FileFault::SeveralNames { path } => Words::new(
            format!("{} 是同一个文件的几个名称之一（硬链接）", path.display()),
            "请只留一个名称，这样几个人同时记账才会互相等候",
        ),
        FileFault::Exists { path } => Words::new(format!("{} 已经存在", path.display()), existing(path)),
        FileFault::ListExists { path } => Words::new(
            format!("{} 已经存在，内容不同", path.display()),
            "没有覆盖，里面写的原因都还在；请用 `--accept` 读入它，另给 `--undecided` 一个新文件名",
        ),
        FileFault::Replaced { path } => Words::new(
            format!("{} 在打开的过程中被替换了", path.display()),
            "未做任何更改；请在别的程序里关闭它，再执行一次",
        ),
        FileFault::Busy { path, seconds } => Words::new(
            format!("另有人正在记账：等了 {seconds} 秒，{} 仍被占用", path.display()),
            "未做任何更改；请等对方完成后再执行一次",
        ),
        FileFault::OutcomeUnknown { path, error, id } if id.is_empty() => Words::new(
            format!("不能确定是否已写入 {}：{}", path.display(), io_error(error)),
            "请照原样再执行一次：已记入的不会重复",
        ),
        FileFault::OutcomeUnknown { path, error, id } => Words::new(
            format!("不能确定是否已写入 {}：{}", path.display(), io_error(error)),
            format!("请照原样再执行一次，并加上 `--id {id}`：无论重复几次，只会记一次"),
        ),
        FileFault::NotReported { error } => Words::new(
            format!("已经办妥并存盘，但结果没能显示出来：{}", io_error(error)),
            "请不要再录一遍；可用 `taizhang balance` 查看",
        ),
        FileFault::OutputFailed { error } => {
            Words::new(format!("结果没能显示出来：{}", io_error(error)), "请检查接收结果的屏幕、程序或磁盘，再执行一次")
        }
    }
}

/// 已有同名文件时怎么办。
fn existing(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("restored") => {
            "没有覆盖；要放回台账原处，加上 `--in-place`；要重新写出，请先移走它，或用 `-o 文件` 写到别处"
        }
        _ => "没有覆盖；请接着用已有的这一份，或换一个文件夹",
    }
}

fn doing_name(doing: Doing) -> &'static str {
    match doing {
        Doing::Reading => "读取",
        Doing::Writing => "写入",
        Doing::Creating => "新建",
        Doing::Locking => "加锁",
        Doing::Renaming => "改名",
    }
}

/// 笔号，连续的合写；太多时只写前面的。
fn stretches(rows: &[(u64, u64)]) -> String {
    const SAID: usize = 100;
    let said = rows.iter().take(SAID).map(|(from, to)| match to - from {
        0 => from.to_string(),
        _ => format!("{from}–{to}"),
    });
    said.collect::<Vec<_>>().join("、") + if rows.len() > SAID { "……" } else { "" }
}

pub(super) fn noticed(notice: &Notice) -> Words {
    match notice {
        Notice::NotOpened => Words::new("还没有建账，以下数字取自预算文件", "核对无误后，请用 `taizhang open` 建账"),
        Notice::NoHead => Words::plain("台账旁边没有 .head 文件，末尾若被截去几笔则看不出来；下次记账时会自动生成"),
        Notice::TornTail { bytes, rows } => {
            Words::plain(format!("第 {rows} 笔之后有 {bytes} 字节没有写完，不计入；下次记账时会先另存，再清理"))
        }
        Notice::TailSaved { path, bytes } => {
            Words::plain(format!("没有写完的 {bytes} 字节已移存到 {}", path.display()))
        }
        Notice::HeadNotWritten { error } => Words::new(
            format!("已经入账，但 .head 文件没有写成：{}", io_error(error)),
            "这一笔没有问题，不要再录；请检查磁盘和权限",
        ),
        Notice::FileDiffers { count } => Words::new(
            format!("预算文件与台账有 {count} 处不一致，这里以台账为准"),
            "要看是哪几处，请用 `taizhang verify`",
        ),
        Notice::Unverified { row, covered } => {
            Words::plain(format!("自第 {row} 笔起未通过校验，只计第 1 至 {covered} 笔"))
        }
        Notice::OnlyCounted { covered } => Words::plain(format!("只计第 1 至 {covered} 笔")),
        Notice::DayOutsideYear { day, year } => {
            Words::plain(format!("{day} 不在 {year} 预算年度内，仍按截至这一天计算"))
        }
        Notice::YuanOnly => Words::plain("csv 和 json 一律以元为单位，不受 `--unit wan` 影响"),
        Notice::TextNeverEntered { row, column } => Words::plain(format!(
            "第 {row} 笔的{}以公式符号开头或含有看不见的字符，不是用本程序录入的；用电子表格打开台账时请当心",
            column_name(column)
        )),
        Notice::NothingImported { rows: 0, .. } => Words::plain("什么也没有导入"),
        Notice::NothingImported { rows, problems, shown } => {
            let rest = if shown < problems { format!("，以上只列出前 {shown} 处") } else { String::new() };
            Words::plain(format!("{rows} 行有问题，共 {problems} 处{rest}；什么也没有导入"))
        }
        Notice::Listed { path, open: 0 } => Words::plain(format!("没有待认定的；认定表写在 {}", path.display())),
        Notice::Listed { path, open } => Words::plain(format!(
            "{open} 处待认定，写在 {}：填好原因，没有定的删去该行，再用 `--accept` 读入",
            path.display()
        )),
        Notice::Repaired { row, repair: None } => Words::plain(format!("第 {row} 笔是修复记录，内容不是本程序的写法")),
        Notice::Repaired { row, repair: Some(repair) } => repaired(*row, repair),
        Notice::Restored { row, damaged_from } => {
            let replaced = damaged_from.map(|from| format!("；换下的文件自第 {from} 笔起不符，另存在旁边"));
            let replaced = replaced.unwrap_or_default();
            Words::plain(format!("第 {row} 笔是修复记录：台账经还原，各笔按校验码证实{replaced}"))
        }
        Notice::SomeRepairs { count, shown } => Words::plain(format!("修复记录共 {count} 笔，以上只列出前 {shown} 笔")),
        Notice::FileHoldsNoMore { path, rows } => {
            Words::plain(format!("{} 的 {rows} 笔台账里都有，没有要放回的", path.display()))
        }
        Notice::CopyHoldsNoMore { path } => Words::plain(format!(
            "{} 里没有缺少的记录：或不是这本台账的备份，或不比现在的多；被表格软件另存过的备份，请用 `taizhang restore` 还原",
            path.display()
        )),
        Notice::NotRestored { count, of, rows, shown } => not_restored([*count, *of], rows, *shown as u64),
        Notice::CellsLeftOut { rows } => Words::plain(format!("有 {rows} 行在台账各列之外写了东西，没有带过来")),
        Notice::InvoiceOnSeveral { number, rows } => {
            Words::plain(format!("发票 {number} 用于{}；分次支付的属正常，否则请核对", numbers(rows)))
        }
    }
}

fn not_restored([count, of]: [u64; 2], rows: &[(u64, u64)], shown: u64) -> Words {
    let listed = if shown < count { format!("（以上只列出前 {shown} 笔）") } else { String::new() };
    Words::new(
        format!("{of} 笔中有 {count} 笔不能证实{listed}：第 {} 笔；什么也没有写", stretches(rows)),
        if count == of && of > 1 {
            "每一笔都不能证实，多半是打开时选错了编码，中文成了乱码：请用打开之前的那一份，或换回完好的备份"
        } else {
            "处理好这几笔再还原；或换回完好的备份，此后各笔重新补记"
        },
    )
}

fn repaired(row: u64, repair: &Repair) -> Words {
    let what = match repair.mended {
        Mended::Head => "重做了 .head 文件",
        Mended::Tail if repair.completed.is_some() => "补上了行尾缺的换行",
        Mended::Tail => "清理了台账末尾",
        Mended::Missing => "认可了末尾缺少记录的台账",
    };
    let lost = match repair.lost {
        None => String::new(),
        Some((first, last)) if first == last => format!("，放弃了原已入账的第 {first} 笔"),
        Some((first, last)) => format!("，放弃了原已入账的第 {first} 至 {last} 笔"),
    };
    let reason = repair.reason.as_ref().map(|reason| format!("；原因：{reason}")).unwrap_or_default();
    Words::plain(format!("第 {row} 笔是修复记录：{what}{lost}{reason}"))
}
