//! 修复：哪里不对、怎么修、修了什么。
#![expect(clippy::too_many_lines, reason = "放在一个完整的 match 里，比拆开更好维护")]

use crate::domain::mending::Mended;
use crate::lang::MendingWord;

pub(in crate::lang) fn mending(word: &MendingWord) -> String {
    match word {
        MendingWord::Sound { rows } => format!("不需要修复：共 {rows} 笔，都完好"),
        MendingWord::NextWriter { rows } => format!("不需要修复：共 {rows} 笔完好，末尾有一次没写完的写入"),
        MendingWord::Needs(Mended::Head) => "需要修复：.head 文件不对，台账各笔完好".into(),
        MendingWord::Needs(Mended::Tail) => "需要修复：最后一笔之后有不是记录的内容".into(),
        MendingWord::Needs(Mended::Missing) => "需要处理：台账末尾缺了记录".into(),
        MendingWord::Changed { row } => format!("需要处理：第 {row} 笔校验码不符，入账之后被改动过"),
        MendingWord::Completing { row } => format!("需要修复：第 {row} 笔内容完整，只是行尾少了换行"),
        MendingWord::Unfinished => "上一次修复没有做完".into(),
        MendingWord::Resaved => "需要还原：台账被别的程序另存过".into(),
        MendingWord::Beyond => "没有一种修复适用，办法见下".into(),
        MendingWord::Rows => "完好笔数".into(),
        MendingWord::Behind => "其后多出".into(),
        MendingWord::Head => ".head 文件".into(),
        MendingWord::HeadMissing => "没有".into(),
        MendingWord::HeadUnreadable => "读不出来".into(),
        MendingWord::HeadAgrees => "相符".into(),
        MendingWord::HeadOfAnother { rows } => format!("不是这本台账的（记着 {rows} 笔）"),
        MendingWord::HeadFurther { rows } => format!("记着已入账 {rows} 笔"),
        MendingWord::Lost => "缺少".into(),
        MendingWord::LostRows { first, last } if first == last => format!("第 {first} 笔"),
        MendingWord::LostRows { first, last } => format!("第 {first} 至 {last} 笔"),
        MendingWord::Command => "修复命令".into(),
        MendingWord::Copy => "另有副本".into(),
        MendingWord::CopyHolds { path, rows } => format!("{path}，有 {rows} 笔"),
        MendingWord::Why => "写明原因".into(),
        MendingWord::AdviceHead => {
            "修复前，请用 `taizhang verify --anchor` 与已签字报表上的校验码核对，确认台账本身没有被换过。".into()
        }
        MendingWord::AdviceTail => "整个文件会先另存一份，再清掉最后一笔之后的内容。".into(),
        MendingWord::AdviceChanged => "先不要放弃：`taizhang restore` 会指出改的是哪一格、原来是什么，改回即可还原；\
             或从备份取回。都不行，再写明原因修复：整个文件会先另存，这一笔请凭凭证补记。"
            .into(),
        MendingWord::AdviceCompleting => "修复只补上这个换行，不清掉、不放弃任何记录。".into(),
        MendingWord::AdviceCopy => "这份副本里有这些记录，不必放弃：换上它，现在的台账会另存。".into(),
        MendingWord::AdviceShortCopy { ledger } => format!(
            "这份副本里有这些记录，至少有其中一部分，不必放弃：请把现在的 {ledger} 移到别处保存，\
             把这份副本改名放到它的位置，再执行 `taizhang repair`。"
        ),
        MendingWord::AdvicePiece { ledger } => format!(
            "这是从台账末尾移出来的一段，里面有这些记录，至少有其中一部分，不必放弃：请把 {ledger} 复制一份，\
             再把这一段接回 {ledger} 的末尾，然后执行 `taizhang repair`。"
        ),
        MendingWord::AdviceNextWriter => "没写完的内容不计入，不用管它：下次记账时会先另存，再清理。".into(),
        MendingWord::AdviceNoHead => {
            "没有 .head 文件，末尾若被截去几笔则看不出来；下次记账时会自动生成，不用重做。".into()
        }
        MendingWord::NoCopy => "台账所在的文件夹里没有找到含这些记录的副本。只看了格式没变的文件，不论叫什么名字；\
             被表格软件另存过的，请用 `taizhang restore 文件 --in-place` 试；放在别处的，用 `--backup 文件` 指明。"
            .into(),
        MendingWord::AdviceLost => "缺少的各笔已经入过账。请先找备份：有完整的副本就换回来，不要修复；\
             确实没有，再写明原因修复，然后凭凭证补记。"
            .into(),
        MendingWord::Done { mended: Mended::Head, seq } => format!("已重做 .head 文件，记为第 {seq} 笔"),
        MendingWord::Done { mended: Mended::Tail, seq } => format!("已清理台账末尾，记为第 {seq} 笔"),
        MendingWord::Done { mended: Mended::Missing, seq } => format!("已认可台账现状，记为第 {seq} 笔"),
        MendingWord::Completed { row, seq } => format!("已补上第 {row} 笔行尾缺的换行，记为第 {seq} 笔"),
        MendingWord::WouldComplete { row, seq } => format!("试算：将补上第 {row} 笔行尾缺的换行，记为第 {seq} 笔"),
        MendingWord::Already { seq } => format!("这次修复已记为第 {seq} 笔，没有再做"),
        MendingWord::Would { mended: Mended::Head, seq } => format!("试算：将重做 .head 文件，记为第 {seq} 笔"),
        MendingWord::Would { mended: Mended::Tail, seq } => format!("试算：将清理台账末尾，记为第 {seq} 笔"),
        MendingWord::Would { mended: Mended::Missing, seq } => format!("试算：将认可台账现状，记为第 {seq} 笔"),
        MendingWord::Kept => "原台账另存".into(),
        MendingWord::HeadKept => ".head 另存为".into(),
        MendingWord::Cut => "清掉".into(),
        MendingWord::Bytes(bytes) => format!("{bytes} 字节"),
        MendingWord::Reason => "原因".into(),
        MendingWord::NextVerify => "请再用 `taizhang verify` 校验一遍。".into(),
        MendingWord::EnterAgain { first, last } if first == last => {
            format!("注意：原第 {first} 笔已不在台账里，请凭凭证补记。")
        }
        MendingWord::EnterAgain { first, last } => {
            format!("注意：原第 {first} 至 {last} 笔已不在台账里，请凭凭证补记。")
        }
    }
}
