//! 项目文本公开：还缺什么，什么不能公开。

use super::text_fault;
use crate::domain::personal::Personal;
use crate::domain::project::Withheld;
use crate::domain::text::TextFault;
use crate::lang::Words;
use crate::lang::zh::disclosure::place;

pub(super) fn withheld(withheld: &Withheld) -> Words {
    match withheld {
        Withheld::Missing(texts) => {
            let these: Vec<String> = texts.iter().map(place).collect();
            Words::new(
                format!("公开的文字还缺 {} 处：{}", texts.len(), these.join("；")),
                "请在预算文件里补上，写成 basis = \"…\"；分几段的，写在 \"\"\" 与 \"\"\" 之间，一行一段；建账后也可以改。`--draft` 先看草稿",
            )
        }
        Withheld::Personal { text, what } => Words::new(
            format!(
                "{}里有{}",
                place(text),
                match what {
                    Personal::ResidentId => "身份证号",
                    Personal::Mobile => "手机号",
                }
            ),
            "这份文字要公开，请在预算文件里删去个人信息",
        ),
        Withheld::Hidden { text, character } => {
            let (what, cure) = text_fault(TextFault::Hidden { character: *character });
            Words::new(format!("{}{what}", place(text)), cure)
        }
    }
}
