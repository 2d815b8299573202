//! 体检：存放台账的地方靠不靠得住。
#![expect(clippy::too_many_lines, reason = "每一类问题放在一个完整的 match 里，比拆开更好维护")]

use std::io;

use super::problems::io_error;
use crate::lang::{CheckupWord, Words};
use crate::problem::{Check, Finding, Leftover, Verdict};

pub(in crate::lang) fn checkup(word: CheckupWord) -> String {
    match word {
        CheckupWord::AllWell { checks, unchecked: 0 } => format!("体检 {checks} 项，没有发现问题"),
        CheckupWord::AllWell { checks, unchecked } => {
            format!("体检 {checks} 项，没有发现问题；另有 {unchecked} 项未查")
        }
        CheckupWord::Found { faults } => format!("体检发现 {faults} 个问题"),
        CheckupWord::Check(check) => check_name(check).into(),
        CheckupWord::CureOf(check) => format!("{}：", check_name(check)),
        CheckupWord::Verdict(verdict) => match verdict {
            Verdict::Well => "正常",
            Verdict::Note => "注意",
            Verdict::Fault => "问题",
            Verdict::Unchecked => "未查",
        }
        .into(),
    }
}

fn check_name(check: Check) -> &'static str {
    match check {
        Check::Budget => "预算文件",
        Check::Ledger => "台账",
        Check::Head => ".head 文件",
        Check::Names => "文件名",
        Check::Writing => "可写",
        Check::Rights => "权限",
        Check::Lock => "加锁",
        Check::Sync => "存盘",
        Check::Append => "续写",
        Check::Rename => "改名",
        Check::Probes => "试验文件",
        Check::Space => "剩余空间",
        Check::Disk => "磁盘类型",
        Check::Clock => "时钟",
        Check::Locale => "字符编码",
        Check::Screen => "屏幕宽度",
        Check::Leftovers => "遗留文件",
        Check::Tool => "程序",
    }
}

pub(in crate::lang) fn finding(finding: &Finding) -> Words {
    match finding {
        Finding::Budget { path } => Words::plain(path),
        Finding::NoBudget => Words::new("没有读到一份可用的预算文件", "原因见下；请用 `-b 文件` 指明，或先改正它"),
        Finding::LedgerHolds { rows, bytes } => Words::plain(format!("{rows} 笔，{bytes} 字节，校验通过")),
        Finding::LedgerNotOpened => Words::new("还没有建账", "预算核对无误后，用 `taizhang open` 建账"),
        Finding::LedgerUnfinishedWrite { rows, bytes } => {
            Words::new(format!("{rows} 笔校验通过，其后有 {bytes} 字节没有写完"), "不计入；下次记账时会先另存，再清理")
        }
        Finding::LedgerRowsHold { rows, bytes } => Words::plain(format!("{rows} 笔，{bytes} 字节，各自校验相符")),
        Finding::LedgerLacksLineFeed { row } => Words::new(
            format!("第 {row} 笔内容完整，只是行尾少了换行"),
            "用 `taizhang repair --tail` 补上换行即可，不放弃任何记录",
        ),
        Finding::LedgerLacksRows { first, last } => Words::new(
            if first == last {
                format!("末尾缺了第 {first} 笔")
            } else {
                format!("末尾缺了第 {first} 至 {last} 笔")
            },
            "请先停止记账，用 `taizhang repair` 查看旁边的副本里有没有、怎么办",
        ),
        Finding::LedgerNeedsRepair => {
            Words::new("台账没有通过校验", "请先停止记账，用 `taizhang repair` 查看哪里不对、怎么办")
        }
        Finding::LedgerNotFound => {
            Words::new("台账不见了，而 .head 文件还在", "请找回台账或它的备份，放回预算文件旁边")
        }
        Finding::LedgerUnreadable => Words::new("台账读不出来", "原因见下"),
        Finding::HeadAgrees { rows } => Words::plain(format!("相符，记着 {rows} 笔")),
        Finding::HeadMissing => Words::new("没有", "下次记账时会自动生成；在此之前，末尾若被截去几笔则看不出来"),
        Finding::HeadWrong => Words::new("与台账不符", "请用 `taizhang repair` 查看"),
        Finding::HeadFurther { rows } => Words::plain(format!("记着已入账 {rows} 笔")),
        Finding::HeadUnreadable => Words::new("读不出来：末尾是否缺了记录，无从核对", "请用 `taizhang repair` 查看"),
        Finding::HeadNotRead { error } => Words::new(
            format!("读不出来：{}", io_error(error)),
            "记账、看报表的人都要能读它；请收拾好权限，或把它移走：下次记账时会重做",
        ),
        Finding::HeadNotAFile => {
            Words::new("不是普通文件", "请把占了这个名称的文件夹之类移走；.head 文件下次记账时会重做")
        }
        Finding::OneName => Words::plain("普通文件，只有一个名称"),
        Finding::SymbolicLink { path } => Words::new(
            format!("{path} 是符号链接"),
            "通过链接不能记账；请用 `-b 文件` 指明真正的台账旁边的那份预算文件",
        ),
        Finding::HardLinks { path, names } => {
            Words::new(format!("{path} 有 {names} 个名称（硬链接）"), "请只留一个名称，否则几个人同时记账时锁不住")
        }
        Finding::NotAFile { path } => Words::new(format!("{path} 不是普通文件"), "请核对预算文件里的 ledger"),
        Finding::Writable => Words::plain("台账可以写入"),
        Finding::NotWritable { path, error } => Words::new(
            format!("{}不能写入：{}", place(path), io_error(error)),
            "要记账的人需要有这个文件夹和台账的写权限；只看报表则不需要",
        ),
        Finding::Rights => Words::plain("只有指定的人可以写"),
        Finding::AnyoneMayWrite { path } => Words::new(
            format!("{}谁都可以改动", place(path)),
            "请收回其他人的写权限，例如 `chmod o-w`；台账能发现改动，但拦不住改动",
        ),
        Finding::OtherOwner { path } => {
            Words::new(format!("{}属于另一个用户", place(path)), "几个人共用时，请确认大家同组，并有组的写权限")
        }
        Finding::LockExcludes => Words::plain("另一个进程被锁在外面"),
        Finding::LockExcludesHere => {
            Words::new("本进程内锁得住，另一个进程没有试成", "程序不能再启动一个自己；请不要几个人同时记账")
        }
        Finding::LockHeld => Words::new("此刻有人正在记账", "等对方完成；若一直如此，请看看是哪个程序没有退出"),
        Finding::LockNotAFile { path } => {
            Words::new(format!("{path} 不是普通文件"), "请把占了这个名称的文件夹之类移走；锁文件下次记账时会自动生成")
        }
        Finding::OwnLockFails { path, error } => Words::new(
            format!("台账的锁 {path} 用不了：{}", io_error(error)),
            "加不了锁就不能记账；请收拾好它的权限，没有人在记账时也可以删掉它，下次会自动生成",
        ),
        Finding::LockExcludesNothing => {
            Words::new("锁不住：别人同时也能加锁", "请把台账移到本机硬盘；在此之前，只能由一个人在一台电脑上记账")
        }
        Finding::LockFails { error } => {
            Words::new(format!("不能加锁：{}", io_error(error)), "加不了锁就不能记账；请把台账移到本机硬盘")
        }
        Finding::SyncWorks => Words::plain("文件和文件夹都存到了磁盘"),
        Finding::SyncFails { error } => Words::new(
            format!("存不到磁盘：{}", io_error(error)),
            relief(error, "断电时刚记的会丢；请换一块磁盘，或把台账移到本机硬盘"),
        ),
        Finding::AppendWorks => Words::plain("写在末尾，读回一致"),
        Finding::AppendFails { error } => Words::new(
            format!("续写不可靠：{}", io_error(error)),
            relief(error, "请不要在这里记账，把台账移到本机硬盘"),
        ),
        Finding::RenameReplaces => Words::plain("新文件能整个换下旧文件"),
        Finding::RenameFails { error } => Words::new(
            format!("换不下旧文件：{}", io_error(error)),
            relief(error, "报表和 .head 文件写不成；请把台账移到本机硬盘"),
        ),
        Finding::ProbeLeft { path } => Words::new(format!("{path} 没有删掉"), "这是体检用的试验文件，可以放心删除"),
        Finding::Space { free } => Words::plain(space(*free)),
        Finding::LittleSpace { free } => Words::new(format!("只剩 {}", space(*free)), "请尽早腾出空间"),
        Finding::NoSpace { free } => {
            Words::new(format!("只剩 {}", space(*free)), "写满了就不能记账，已记的不受影响；请马上腾出空间")
        }
        Finding::LocalDisk { kind } => Words::plain(format!("{kind}，本机硬盘")),
        Finding::NetworkShare { kind } => Words::new(
            format!("{kind}，网络或转接的磁盘"),
            "在一台电脑上写，内容仍逐笔校验；但几台电脑同时写时锁不一定有效，断电不丢也不能保证。请把台账放在本机硬盘",
        ),
        Finding::MemoryDisk { kind } => {
            Words::new(format!("{kind}，内存盘：一重启就全没了"), "请把预算和台账移到硬盘上")
        }
        Finding::ContainerDisk { kind } => {
            Words::new(format!("{kind}，容器里的磁盘"), "删掉容器，台账就没了；请放在挂载进来的卷里")
        }
        Finding::PlainDisk { kind } => {
            Words::new(format!("{kind}，U 盘之类的磁盘"), "没有文件权限，突然拔出容易损坏；适合放备份，不适合日常记账")
        }
        Finding::UnknownDisk { kind } => {
            Words::new(format!("{kind}，本程序不认识"), "上面的加锁、存盘、续写、改名都正常，才好使用")
        }
        Finding::ReadOnlyDisk { kind } => Words::new(format!("{kind}，只读"), "可以看报表，不能记账"),
        Finding::Clock { now } => Words::plain(now),
        Finding::ClockBefore2000 { now } => Words::new(format!("{now}，明显不对"), "请校准电脑的时钟，再记账"),
        Finding::ClockBehind { now, last } => Words::new(
            format!("{now}，早于最后一笔的 {last}"),
            "请核对电脑的时钟和时区；没有错的，记账时用 `--clock-ok` 写明原因",
        ),
        Finding::Utf8 { locale } => Words::plain(locale),
        Finding::NotUtf8 { locale } if locale.is_empty() => {
            Words::new("没有设置 LANG", "本程序一律输出 UTF-8；屏幕上若有乱码，请设置 `LANG=zh_CN.UTF-8`")
        }
        Finding::NotUtf8 { locale } => Words::new(
            format!("{locale}，不是 UTF-8"),
            "本程序一律输出 UTF-8；屏幕上若有乱码，请设置 `LANG=zh_CN.UTF-8`",
        ),
        Finding::Screen { columns } => Words::plain(format!("{columns} 列")),
        Finding::NarrowScreen { columns } => {
            Words::new(format!("只有 {columns} 列"), "报表会省去一些列；放宽到 80 列以上更好看")
        }
        Finding::NoScreen => Words::plain("不是输出到屏幕"),
        Finding::NothingLeft => Words::plain("没有"),
        Finding::Leftover { path, kind } => {
            let (what, cure) = match kind {
                Leftover::Torn => ("没有写完的内容", "当时没有入账；核对过就可以归档或删除"),
                Leftover::Broken => ("修复前的原件", "请与台账一起归档，审计时可能要看"),
                Leftover::Resaved => ("还原时换下的原文件", "请与台账一起归档，审计时可能要看"),
                Leftover::Restored => {
                    ("还原出来的一份", "还没有放回的，执行 `taizhang restore --in-place`；不再要的可以删除")
                }
                Leftover::New => ("写到一半的新文件", "是中断的程序留下的；没有人在用本程序时可以删除"),
                Leftover::Import => ("导入的中间文件", "是中断的导入留下的，没有入账；下次写入时会自动清理"),
                Leftover::Probe => ("体检的试验文件", "是中断的体检留下的，可以删除"),
            };
            Words::new(format!("{path}：{what}"), format!("{what}，{cure}"))
        }
        Finding::Tool { version, system } => Words::plain(format!("taizhang {version}，{system}")),
        Finding::Unchecked(check) => Words::plain(match check {
            Check::Ledger | Check::Head | Check::Names | Check::Writing => "还没有台账",
            Check::Lock | Check::Sync | Check::Append | Check::Rename => "文件夹不能写，试不了",
            Check::Budget
            | Check::Rights
            | Check::Probes
            | Check::Space
            | Check::Disk
            | Check::Clock
            | Check::Locale
            | Check::Screen
            | Check::Leftovers
            | Check::Tool => "系统没有告知",
        }),
    }
}

/// 磁盘满了不怪磁盘的种类。
fn relief(error: &io::Error, otherwise: &'static str) -> &'static str {
    let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    if full { "请腾出空间，再体检一次" } else { otherwise }
}

/// `.` 就是当前文件夹。
fn place(path: &str) -> String {
    if path == "." { "这个文件夹".into() } else { format!("{path} ") }
}

fn space(bytes: u64) -> String {
    const MEGABYTE: u64 = 1 << 20;
    match bytes / MEGABYTE {
        megabytes @ 0..1024 => format!("{megabytes} MB"),
        megabytes => format!("{} GB", megabytes / 1024),
    }
}
