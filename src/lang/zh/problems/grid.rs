//! 别的程序做的表格有什么问题。

use crate::lang::Words;
use crate::problem::{CellFault, Foreign, GridFault};

pub(super) fn grid(fault: &GridFault) -> Words {
    match fault {
        GridFault::Foreign { path, kind } => {
            let (what, cure) = foreign(*kind);
            Words::new(format!("{} {what}", path.display()), cure)
        }
        GridFault::NotText { byte } => Words::new(
            format!("此处的字节 {byte:02X} 不是文字：文件既不是 UTF-8、UTF-16，也不是 GB18030"),
            "请用 Excel 或 WPS 重新另存为“CSV UTF-8”或 .xlsx",
        ),
        GridFault::NotInEncoding { byte, encoding } => Words::new(
            format!("此处的字节 {byte:02X} 不合 `encoding = \"{encoding}\"`：文件不是这种编码"),
            "请把 [statement] 里的 encoding 改成 \"auto\"，或删去这一项",
        ),
        GridFault::UnclosedQuote => Words::new(
            "从这里开始的引号一直没有结束",
            "请补上后引号；单元格里本来就有的引号要写两个。另存为 .xlsx 则没有这个问题",
        ),
        GridFault::LooseQuote => Words::new(
            "这个引号开头的单元格，在后引号之后还有内容",
            "单元格里本来就有的引号要写两个。另存为 .xlsx 则没有这个问题",
        ),
        GridFault::CutOff { cells, columns } => Words::new(
            format!("文件到此为止：这一行只到第 {cells} 格（共 {columns} 格），行末也没有换行，可能不完整"),
            "请重新保存或复制这个文件；这一行确实完整的，请在行末加一个换行；是表下说明的，可以删去",
        ),
        GridFault::LongRow { most } => Words::new(
            format!("这一行的文字超过了 {} KB", most / 1024),
            "请把过长的说明移到表格以外；也请核对是不是选错了文件",
        ),
        GridFault::WideRow { most } => Words::new(
            format!("这一行有内容的单元格超过了 {most} 个"),
            "请把要用的几列复制成单独的表格；也请核对是不是选错了文件",
        ),
        GridFault::Disordered { row, after } => Words::new(
            format!("文件里第 {row} 行排在了第 {after} 行之后"),
            "请用 Excel 或 WPS 打开，核对内容是否完整，再另存为 .xlsx",
        ),
        GridFault::TooLarge { path, part, most } => Words::new(
            format!("{} 太大：其中的 {part} 超过了 {} MB", path.display(), most >> 20),
            "请把要用的几行复制到新的工作簿，或另存为“CSV UTF-8”",
        ),
        GridFault::Damaged { path, part } => Words::new(
            match part.as_str() {
                "" => format!("{} 这个工作簿不完整或已损坏", path.display()),
                part => format!("{} 这个工作簿已损坏：其中的 {part} 无法读取", path.display()),
            },
            "请重新获取这个文件；或用 Excel、WPS 打开，核对内容是否完整，再另存为 .xlsx",
        ),
        GridFault::SheetNeeded { path, sheets } => Words::new(
            format!("{} 里有几张工作表都有内容：{}", path.display(), listed(sheets)),
            "请用 `--sheet 表名` 指明用哪一张",
        ),
        GridFault::UnknownSheet { name, sheets } => Words::new(
            format!("没有“{name}”这张可见的工作表"),
            match sheets.len() {
                0 => "如果它被隐藏，请先在 Excel 或 WPS 中取消隐藏并保存".into(),
                _ => format!("现有：{}；隐藏的工作表请先取消隐藏", listed(sheets)),
            },
        ),
        GridFault::NoSheets { path } => {
            Words::new(format!("{} 是文本文件，没有工作表", path.display()), "请去掉 `--sheet`")
        }
        GridFault::NoVisibleSheet { path } => {
            Words::new(format!("{} 里没有可见的工作表", path.display()), "请先在 Excel 或 WPS 中取消隐藏并保存")
        }
        GridFault::Cell(fault) => cell(fault),
    }
}

fn foreign(kind: Foreign) -> (&'static str, &'static str) {
    let again = "请用 Excel 或 WPS 打开，另存为 .xlsx（Excel 工作簿）或 CSV";
    match kind {
        Foreign::OldOffice => {
            ("是旧版 Office 文件，里面没有能读的工作簿（Excel 5.0 至 2003），不论扩展名是什么", again)
        }
        Foreign::BinaryWorkbook => ("是二进制工作簿（.xlsb）", again),
        Foreign::OpenDocument => ("是 OpenDocument 文件（.ods）", "请用原来的程序打开，另存为 .xlsx"),
        Foreign::WebPage => (
            "其实是网页，只是换了扩展名，有的网银就这样导出",
            "请用 Excel 或 WPS 打开，核对数字无误后，另存为 .xlsx（Excel 工作簿）或 CSV",
        ),
        Foreign::Xml => ("是 XML 文件", again),
        Foreign::Pdf => ("是 PDF 文件", "请向提供方索取 .xlsx 或 CSV 格式的表格"),
        Foreign::OtherArchive => ("是压缩包，不是工作簿", "请先解压，再指明里面的工作簿"),
        Foreign::Encrypted => ("设有打开密码", "请用密码打开，取消密码（文件 → 信息 → 保护工作簿），保存后再试"),
    }
}

fn cell(fault: &CellFault) -> Words {
    match fault {
        CellFault::ErrorValue { text } => {
            Words::new(format!("这个单元格是错误值 {text}"), "请在 Excel 或 WPS 中改正公式并保存")
        }
        CellFault::NotCalculated => {
            Words::new("这个公式的结果没有存进文件", "请用 Excel 或 WPS 打开一次并保存，结果就会算出来")
        }
        CellFault::DigitsLost { text } => Words::new(
            format!("{text} 超过了 15 位，而电子表格的数字只保留 15 位"),
            "请把单元格格式设为“文本”，再照原件重新录入这串数字",
        ),
        CellFault::NotADate { text } => {
            Words::new(format!("数字 {text} 显示成了日期，其实不是日期"), "请重新录入日期，如 2022-01-05")
        }
        CellFault::NotANumber { text } => {
            Words::new(format!("这里应当是数字，却是“{text}”"), "请重新录入这个数字并保存")
        }
    }
}

fn listed(sheets: &[String]) -> String {
    let sheets: Vec<String> = sheets.iter().map(|sheet| format!("“{sheet}”")).collect();
    sheets.join("、")
}
