//! 年终决算与自评：填写的文件里哪里不对，还缺什么。

use super::yuan;
use crate::domain::personal::Personal;
use crate::domain::year_end::Gap;
use crate::lang::Words;
use crate::lang::zh::year_end::{fund_name, whose_name};
use crate::problem::FormFault;

pub(super) fn form(fault: &FormFault) -> Words {
    match fault {
        FormFault::NoHead => Words::new(
            "文件里没有 [final] 一段，不是年终填报的文件",
            "请核对文件名；还没有的，用 `taizhang final --blank -o 文件` 生成一份",
        ),
        FormFault::OtherBudget { stated, id } => Words::new(
            format!("这份文件是为预算 {stated} 填的，现在用的预算是 {id}"),
            "请核对文件名，或用 `-b 文件` 指明那一份预算",
        ),
        FormFault::UnknownAllocation { text, known } => {
            Words::new(format!("没有代码为 `{text}` 的预算分项"), format!("代码有：{}", known.join("、")))
        }
        FormFault::UnknownTarget { text, known } if known.is_empty() => {
            Words::new(format!("没有叫“{text}”的绩效目标"), "这个预算分项没有绩效目标，请删去这一段")
        }
        FormFault::UnknownTarget { text, known } => {
            Words::new(format!("没有叫“{text}”的绩效目标"), format!("请照预算文件写全名：{}", known.join("、")))
        }
        FormFault::StatedTwice { first_line } => {
            Words::new(format!("前面第 {first_line} 行已经填过"), "请只留一处，删去另一处")
        }
        FormFault::NotANumber { text, unit } if unit.is_empty() => {
            Words::new(format!("`{text}` 不是完成值"), "请只写数字，如 \"12\" 或 \"98.5\"")
        }
        FormFault::NotANumber { text, unit } => {
            Words::new(format!("`{text}` 不是完成值"), format!("请写数字，单位只能是{unit}，如 \"12\" 或 \"12{unit}\""))
        }
        FormFault::Personal { key, what } => Words::new(
            format!(
                "`{key}` 里有{}",
                match what {
                    Personal::ResidentId => "身份证号",
                    Personal::Mobile => "手机号",
                }
            ),
            "这张表要签字、要公开，请删去个人信息",
        ),
    }
}

pub(super) fn gap(gap: &Gap) -> Words {
    let fill = |place: &str| {
        format!(
            "请在填报文件的 {place}，用 `--with 文件` 读取；`taizhang final --blank -o 文件` 生成一份，`--draft` 先看草稿"
        )
    };
    match gap {
        Gap::ReasonsMissing(these) => {
            let these: Vec<String> =
                these.iter().map(|(whose, rate)| format!("{} {rate}%", whose_name(whose))).collect();
            Words::new(format!("执行率低于 90%，没有说明原因：{}", these.join("；")), fill("reason 里说明"))
        }
        Gap::SplitsMissing(these) => {
            let these: Vec<String> =
                these.iter().map(|(fund, left)| format!("{} {}", fund_name(*fund), yuan(*left))).collect();
            Words::new(
                format!("结转结余没有分列结转和结余：{}", these.join("；")),
                fill("carry_forward 和 surplus 里填写"),
            )
        }
        Gap::ActualsMissing(names) => Words::new(
            format!("绩效目标没有填完成值（{} 个）：{}", names.len(), names.join("；")),
            fill("actual 里填写"),
        ),
        Gap::ShortfallsUnexplained(names) => Words::new(
            format!("绩效目标没有达到，也没有写偏差原因：{}", names.join("；")),
            "请在填报文件该目标的 reason 里写明偏差原因和改进措施",
        ),
        Gap::WeightsDoNotAddUp { targets } => Words::new(
            format!("分值合计不是 100：执行率 10.00 ＋ 绩效目标 {targets}"),
            "请对照批复的绩效目标表，改预算文件里各目标的 weight，合计应为 90；建账后也可以改",
        ),
        Gap::LeftDiffers { fund, stated, left } => Words::new(
            format!("{}的结转结余，填报文件里是 {}，台账里是 {}", fund_name(*fund), yuan(*stated), yuan(*left)),
            "生成填报文件之后，台账又有变动；请用 `taizhang final --blank --with 旧文件 -o 新文件` 重新生成，已填的会带过去",
        ),
        Gap::SplitDoesNotFoot { fund, forward, surplus, left } => Words::new(
            format!(
                "{}的两部分与结转结余不符：结转 {} ＋ 结余 {} ＝ {}，结转结余却是 {}，差 {}",
                fund_name(*fund),
                yuan(*forward),
                yuan(*surplus),
                yuan(*forward + *surplus),
                yuan(*left),
                super::distance(*forward + *surplus, *left),
            ),
            "请核对填报文件里的 carry_forward 和 surplus",
        ),
        Gap::PartOfOtherSign { fund, part, left } => Words::new(
            format!("{}的结转结余是 {}，其中一部分不能是 {}", fund_name(*fund), yuan(*left), yuan(*part)),
            "结转和结余都要与结转结余同正负；没有的写 \"0\"",
        ),
    }
}
