//! 规则不允许的、要提醒的，以及预算文件与台账不一致之处。
#![expect(clippy::too_many_lines, reason = "每一类问题放在一个完整的 match 里，比拆开更好维护")]

use super::budget::unlisted;
use super::{column_name, fund_name, kind_name, numbers, text_fault, yuan};
use super::{disclosure, year_end};
use crate::domain::amount::Amount;
use crate::domain::budget::Fund;
use crate::domain::entry::Kind;
use crate::domain::opening::Difference;
use crate::domain::personal::Personal;
use crate::domain::position::Position;
use crate::domain::rules::{Refusal, Remark};
use crate::lang::Words;

pub(super) fn refused(refusal: &Refusal) -> Words {
    match refusal {
        Refusal::Text { column, fault } => {
            let (what, cure) = text_fault(*fault);
            Words::new(format!("“{}”{what}", column_name(column)), cure)
        }
        Refusal::IdEmpty => Words::new("编号是空的", "请写自己的编号；不写 `--id` 则自动编一个"),
        Refusal::NotPositive { amount } => Words::new(
            format!("{} 不大于零", yuan(*amount)),
            "请写大于零的金额，不带正负号；冲销请用 `reverse`，退款请用 `refund`",
        ),
        Refusal::DateOutsideYear { date, year } => Words::new(
            format!("{date} 不在 {year} 预算年度内"),
            "请核对日期；要记别的年度，请用 `-b 文件` 指明该年度的预算文件",
        ),
        Refusal::DateAfterToday { date, today } => Words::new(
            format!("{date} 在今天（{today}）之后"),
            "请等到付款或入账当天再记，不要提前；若今天的日期不对，请校准本机时钟",
        ),
        Refusal::MonthClosed { month, first_open: Some(open) } => Words::new(
            format!("{month} 已经结账"),
            format!("请把记账日期写在第一个未结账的月份 {open}，并注明业务日期（`--occurred`，表里为“业务日期”一列）"),
        ),
        Refusal::MonthClosed { month, first_open: None } => Words::new(
            format!("{month} 已经结账，全年也已结完"),
            "结完的年度不再改动；请在新年度预算里设一个上年结转（fund = \"carried\"）的预算分项，在那里更正",
        ),
        Refusal::ClockBehind { now, last } => Words::new(
            format!("本机时钟（{now}）比最后一笔的记录时间（{last}）还早"),
            "请校准时钟；时钟没有错的，用 `--clock-ok 原因` 说明",
        ),
        Refusal::OverAllocation { key, name, position, amount } => Words::new(
            over_allocation(key, name, position, *amount),
            "请减少金额，或改列其他预算分项；确需超支的，用 `--allow-over 原因` 说明",
        ),
        Refusal::OverTotal { position, amount } => Words::new(
            over_total(position, *amount),
            "请减少金额；确需超支的，用 `--allow-over 原因` 说明，并写明批准文号（`--doc`，表里为“文号”一列）",
        ),
        Refusal::OverTotalNeedsDoc { position, amount } => Words::new(
            over_total(position, *amount),
            "超出整个预算的，除原因外还要写明批准文号（`--doc`，表里为“文号”一列）",
        ),
        Refusal::EconomicUnlisted { code, year } => unlisted(code, year),
        Refusal::EconomicNotAllowed { code, key, allowed } => Words::new(
            format!("预算分项 {key} 不能列经济分类 {code}"),
            format!("请从中选一个：{}；或在预算文件该分项的 economic 里加上它", allowed.join("、")),
        ),
        Refusal::FundNotHeld { fund, key, held } if held.is_empty() => Words::new(
            format!("预算分项 {key} 没有资金来源为{}的钱", fund_name(Some(*fund))),
            "请不写 `--fund`（导入的表里把资金来源留空），或改列其他预算分项；分列的一笔，各部分可用 `--split 分项=金额:来源` 分别写明",
        ),
        Refusal::FundNotHeld { fund, key, held } => Words::new(
            format!("预算分项 {key} 没有资金来源为{}的钱", fund_name(Some(*fund))),
            format!(
                "请用 `--fund`（分列时写 `--split 分项=金额:来源`，导入的表里在“资金来源”一列）写明它有的资金来源：{}",
                funds(held)
            ),
        ),
        Refusal::FundNeeded { key, held } => Words::new(
            format!("预算分项 {key} 有几种资金来源，要写明用哪一种支付"),
            format!(
                "请用 `--fund`（分列时写 `--split 分项=金额:来源`，导入的表里在“资金来源”一列）从中选一个：{}",
                funds(held)
            ),
        ),
        Refusal::InvoiceUsed { number, row } => Words::new(
            format!("发票 {number} 已用于第 {row} 笔"),
            "是不是重复录入？一张发票分次支付的，请加 `--invoice-part`",
        ),
        Refusal::NoSuchRow { named, rows, wanted: Kind::Commitment } => Words::new(
            format!("没有笔号或合同号为 `{named}` 的预占"),
            format!("未了的预占可用 `taizhang commitments` 查看；台账共 {rows} 笔"),
        ),
        Refusal::NoSuchRow { named, rows, wanted: Kind::Adjustment } => Words::new(
            format!("没有笔号或文号为 `{named}` 的预算调整"),
            format!("请核对笔号（台账共 {rows} 笔）或文号"),
        ),
        Refusal::NoSuchRow { named, rows, wanted: Kind::Note } => Words::new(
            format!("没有笔号或凭证号为 `{named}` 的记录"),
            format!("请核对笔号（台账共 {rows} 笔）或凭证号"),
        ),
        Refusal::NoSuchRow { named, rows, .. } => Words::new(
            format!("没有笔号或凭证号为 `{named}` 的支出"),
            format!("请核对笔号（台账共 {rows} 笔）或凭证号"),
        ),
        Refusal::SeveralRows { named, rows } => {
            Words::new(format!("号码 `{named}` 有好几笔：{}", numbers(rows)), "请改写笔号")
        }
        Refusal::NotOfKind { row, kind, wanted: Kind::Commitment } => Words::new(
            format!("第 {row} 笔是{}，不是预占", kind_name(*kind)),
            "未了的预占可用 `taizhang commitments` 查看",
        ),
        Refusal::NotOfKind { row, kind, wanted: Kind::Adjustment } => Words::new(
            format!("第 {row} 笔是{}，不是预算调整", kind_name(*kind)),
            "支出记错了的，请用 `reverse` 冲销或 `correct` 更正",
        ),
        Refusal::NotOfKind { row, kind, .. } => Words::new(
            format!("第 {row} 笔是{}，不是支出", kind_name(*kind)),
            "请写原来那笔支出的笔号；冲销或退款记错了的，请重新记一笔支出",
        ),
        Refusal::OtherAllocation { row, key, asked } => Words::new(
            format!("第 {row} 笔预占的是 {key} 的钱，不是 {asked} 的"),
            "请去掉 `-a`，或不用 `--commitment` 直接记支出",
        ),
        Refusal::OtherFund { row, fund, asked } => Words::new(
            format!("第 {row} 笔预占的资金来源是{}，不是{}", fund_name(*fund), fund_name(Some(*asked))),
            "请去掉 `--fund`，或不用 `--commitment` 直接记支出",
        ),
        Refusal::OriginalOfOtherAllocation { row, key, asked } => {
            Words::new(format!("被冲的第 {row} 笔列在 {key}，不在 {asked}"), format!("请改写 {key}，或核对原凭证号"))
        }
        Refusal::OriginalOfOtherFund { row, fund, asked } => Words::new(
            format!("被冲的第 {row} 笔的资金来源是{}，不是{}", fund_name(Some(*fund)), fund_name(Some(*asked))),
            "请把资金来源留空，或核对原凭证号",
        ),
        Refusal::NothingToCorrect { row } => Words::new(
            format!("第 {row} 笔没有要改的地方"),
            "请写明正确的内容：`-a`、`--amount`、`--payee`、`--economic` 等",
        ),
        Refusal::AlreadyOpposite { row } => Words::new(
            format!("第 {row} 笔本身就是对一笔调整的抵销"),
            "要恢复原来的调整，请凭文号用 `taizhang adjust` 或 `taizhang transfer` 重新记一笔",
        ),
        Refusal::NotAgainstCommitment { row } => Words::new(
            format!("第 {row} 笔要冲销或退回的部分不是用预占支付的，没有可恢复的预占"),
            "请去掉 `--recommit`；要另外预占，请用 `taizhang commit`",
        ),
        Refusal::SplitDoesNotFit { parts, amount } => Words::new(
            match *parts - *amount {
                more if more.is_positive() => {
                    format!("各部分合计 {}，比这笔支出的 {}多 {}", yuan(*parts), yuan(*amount), yuan(more))
                }
                less => format!("各部分合计 {}，比这笔支出的 {}少 {}", yuan(*parts), yuan(*amount), yuan(-less)),
            },
            "`--split` 各部分之和必须等于 `--amount`",
        ),
        Refusal::CutTooDeep { key, name, position, amount } => Words::new(
            format!(
                "“{name}”（{key}）拿不出 {}，比可用余额多 {}：{}",
                yuan(*amount),
                yuan(*amount - position.available()),
                arithmetic(position)
            ),
            format!("最多 {}；确需再减的，用 `--allow-over 原因` 说明", yuan(position.available().max(Amount::ZERO))),
        ),
        Refusal::PlanDoesNotFit { plan, amount } => Words::new(
            format!("各月计划合计 {}，本次调整却是 {}", yuan(*plan), yuan(*amount)),
            "`--plan` 各月之和必须等于调整数，不带正负号",
        ),
        Refusal::NotLastYear { from, into } => Words::new(
            format!("那是 {from} 年度的台账，不是 {into} 年度的上一年"),
            "请写上一年度的台账或预算文件；要结转到哪个年度，用 `-b 文件` 指明",
        ),
        Refusal::LastYearOpen { year, first_open } => Words::new(
            format!("{year} 年度还没有结完账：最早未结账的月份是 {first_open}"),
            "请先把上一年结到 12 月（`taizhang close 12 --through`），再结转",
        ),
        Refusal::NothingToCarry { year } => Words::new(
            format!("{year} 年度没有要结转的：没有未了的预占，也没有写明结转哪些余额"),
            "要结转余额，请用 `--keep 分项=金额` 写明；未写明的余额不结转",
        ),
        Refusal::KeepsTooMuch { key, left, kept } => Words::new(
            format!("{key} 上年只剩 {}，不能结转 {}", yuan(*left), yuan(*kept)),
            format!("最多 {}；全部结转的，可写 `--keep {key}=all`", yuan((*left).max(Amount::ZERO))),
        ),
        Refusal::NotInBudget { key, name } => Words::new(
            format!("本年预算里没有“{name}”（{key}），上年的余额或预占无处可结转"),
            format!("请在本年预算文件里加上这个分项（key = \"{key}\"，amount = \"0\"）"),
        ),
        Refusal::AlreadyCarried { id, row } => Words::new(
            format!("`{id}` 的余额已经结转过了（第 {row} 笔起）"),
            "一个年度只结转一次；还要补转的，请凭文号用 `taizhang adjust --fund carried --add` 追加",
        ),
        Refusal::TransferToItself { key } => Words::new(format!("{key} 不能调剂给自己"), "请写两个不同的预算分项"),
        Refusal::OutputOntoBooks { path } => Words::new(
            format!(
                "回答不能写到 {path}：那是预算文件、台账（不论哪一年、哪个项目）、它们旁边的文件，或这次要读的文件"
            ),
            "请换一个文件名（`-o`）或文件夹（`--pack`）；什么也没有写",
        ),
        Refusal::NotForATerminal { format } => {
            Words::new(format!("{format} 是文件格式，不能显示在终端上"), format!("请写到文件里，例如 `-o 表.{format}`"))
        }
        Refusal::TooManyForAWorksheet { rows, most } => Words::new(
            format!("共 {rows} 行，一张工作表放不下（最多 {most} 行）"),
            "请改用 `-f csv`，或用 `-a` 只看一项",
        ),
        Refusal::EmptyReason { option } => {
            Words::new(format!("`--{option}` 没有写原因"), "请用几个字写明原因，它会随这一笔留存")
        }
        Refusal::PersonalData { column, what } => Words::new(
            format!(
                "“{}”里有{}，台账只记钱，不记个人信息",
                column_name(column),
                match what {
                    Personal::ResidentId => "身份证号",
                    Personal::Mobile => "手机号",
                }
            ),
            "请删去；确需写明的，加 `--allow-personal-data`",
        ),
        Refusal::EmptyDoc => Words::new("没有写文号", "预算调整、调剂和结转都要有批准文号，请写在 `--doc` 后"),
        Refusal::EmptyName => Words::new("没有写是哪一笔", "请写笔号，或凭证号、合同号、文号"),
        Refusal::SeqOrVoucher { number, rows } => Words::new(
            format!("`{number}` 既是笔号，又是凭证号、合同号或文号：{}", numbers(rows)),
            format!("指第 {number} 笔的，请写 `{number}#`；指另一笔的，请写它的笔号加 `#`"),
        ),
        Refusal::NotInLedger { key, name } => Words::new(
            format!("“{name}”（{key}）是建账以后才加进预算文件的，还没有预算数"),
            "请先用 `taizhang adjust` 追加，或用 `taizhang transfer` 调剂",
        ),
        Refusal::BeforeOriginal { row, date, original } => Words::new(
            format!("{date} 早于第 {row} 笔的记账日期 {original}"),
            "冲销、退款、释放或抵销的日期不能早于原来那一笔",
        ),
        Refusal::NothingLeft { row } => Words::new(
            format!("第 {row} 笔没有余下的金额了：已全部冲销、退款、释放或抵销"),
            format!("不必再记；要看是在哪一笔，请打开台账副本，找 ref 列为 {row} 的各笔"),
        ),
        Refusal::MoreThanLeft { row, left, asked } => Words::new(
            format!("{} 超过了第 {row} 笔余下的 {}", yuan(*asked), yuan(*left)),
            format!("最多 {}", yuan(*left)),
        ),
        Refusal::IdTaken { id, row, column, there, given } => Words::new(
            format!(
                "编号 `{id}` 已用于第 {row} 笔，但{}不同：原为{}，现为{}",
                column_name(column),
                value(column, there),
                value(column, given),
            ),
            "重复执行时内容须与原来一致；若是另一笔，请换一个编号",
        ),
        Refusal::RowsInsideBatch { rows, last } => Words::new(
            format!("第 {rows} 笔在一批记录的中间，该批到第 {last} 笔为止"),
            format!("同一批的记录不能拆开，请用 `--rows {last}`"),
        ),
        Refusal::MonthNotOver { month, today } => Words::new(
            format!("{month} 还没有过完：今天是 {today}"),
            "请到月末最后一天或以后再结账，在此之前还可能有记录",
        ),
        Refusal::YearNotOver { end, today } => Words::new(
            format!("今天是 {today}，这一年到 {end} 才结束"),
            "年终表要到那一天才能出正式的；现在请加 `--draft` 看草稿",
        ),
        Refusal::MonthNotBegun { month, today } => Words::new(
            format!("{month} 还没有开始：今天是 {today}"),
            "月报只能出到今天所在的月份；今天的日期不对时，用 `--today` 写明",
        ),
        Refusal::FromAfterTo { from, to } => {
            Words::new(format!("起始日期 {from} 晚于截止日期 {to}"), "请对调，或去掉 `--from`")
        }
        Refusal::NotForPublication { cut } => Words::new(
            format!("{}属于预算分项以下的内容，不公开", column_name(cut.key())),
            "公开时用 `--by allocation` 或 `--by month`；供内部使用，请去掉 `--public`",
        ),
        Refusal::CloseOutOfOrder { month, first_open } => Words::new(
            format!("还轮不到 {month}：最早未结账的月份是 {first_open}"),
            format!("请先结 {first_open}，或加 `--through` 一直结到 {month}"),
        ),
        Refusal::AlreadyClosed { month, row } => {
            Words::new(format!("{month} 已经结账（第 {row} 笔）"), "结了账的月份不再打开；要再印结账单，请加 `--print`")
        }
        Refusal::AlreadyOpen { rows } => Words::new(
            format!("已经建账，台账共 {rows} 笔"),
            "请接着用 `taizhang record` 记账；用 `taizhang balance` 看余额",
        ),
        Refusal::YearEnd(gap) => year_end::gap(gap),
        Refusal::Disclosure(withheld) => disclosure::withheld(withheld),
        Refusal::NotOpened => Words::new("还没有建账", "请先用 `taizhang balance` 核对预算，再用 `taizhang open` 建账"),
    }
}

pub(super) fn remarked(remark: &Remark) -> Words {
    match remark {
        Remark::OverAllocation { key, name, position, amount } => {
            Words::plain(over_allocation(key, name, position, *amount))
        }
        Remark::OverFund { key, name, fund, position, amount } => {
            Words::plain(over_fund(key, name, *fund, position, *amount))
        }
        Remark::OverTotal { position, amount } => Words::plain(over_total(position, *amount)),
        Remark::AheadOfPlan { key, name, spent, plan_to_date } => Words::plain(format!(
            "“{name}”（{key}）超前于用款计划：到当日累计计划 {}，累计支出 {}",
            yuan(*plan_to_date),
            yuan(*spent),
        )),
    }
}

pub(super) fn differs(difference: &Difference) -> Words {
    let cure = "以建账时的预算为准，请把预算文件改回；还没有记过支出的，也可移走台账和 .head 文件，重新建账";
    match difference {
        Difference::Id { ledger, file } => {
            Words::new(format!("台账是为 `{ledger}` 建的，预算文件却是 `{file}`"), "请核对是不是拿错了预算文件或台账")
        }
        Difference::Year { ledger, file } => Words::new(
            format!("台账是 {ledger} 年度的，预算文件却是 {file} 年度的"),
            "每个年度各有自己的预算文件和台账，请用 `-b 文件` 指明该用的预算文件",
        ),
        Difference::Missing { key } => Words::new(format!("台账里有预算分项 {key}，预算文件里没有"), cure),
        Difference::Added { key, amount } => Words::new(
            format!("预算文件里有预算分项 {key}（{}），台账里没有", yuan(*amount)),
            "新增的分项金额先写 \"0\"，再用 `taizhang adjust` 或 `taizhang transfer` 给它预算",
        ),
        Difference::Original { key, ledger, file } => {
            Words::new(format!("预算分项 {key} 建账时为 {}，预算文件里是 {}", yuan(*ledger), yuan(*file)), cure)
        }
        Difference::Name { key, ledger, file } => {
            Words::new(format!("预算分项 {key} 建账时名为“{ledger}”，预算文件里是“{file}”"), cure)
        }
        Difference::Fund { key, ledger, file } => Words::new(
            format!("预算分项 {key} 建账时资金来源为{}，预算文件里是{}", fund_name(*ledger), fund_name(Some(*file))),
            cure,
        ),
        Difference::Plan { key, ledger, file } => {
            Words::new(format!("预算分项 {key} 建账时用款计划为 `{ledger}`，预算文件里是 `{file}`"), cure)
        }
    }
}

fn over_allocation(key: &str, name: &str, position: &Position, amount: Amount) -> String {
    format!(
        "本笔 {}，比“{name}”（{key}）的可用余额多 {}：{}",
        yuan(amount),
        yuan(amount - position.available()),
        arithmetic(position),
    )
}

fn over_fund(key: &str, name: &str, fund: Fund, position: &Position, amount: Amount) -> String {
    format!(
        "本笔 {}，比“{name}”（{key}）中{}的余额多 {}：{}",
        yuan(amount),
        fund_name(Some(fund)),
        yuan(amount - position.available()),
        arithmetic(position),
    )
}

fn over_total(position: &Position, amount: Amount) -> String {
    format!(
        "本笔 {}，比整个预算的可用余额多 {}：{}",
        yuan(amount),
        yuan(amount - position.available()),
        arithmetic(position),
    )
}

fn arithmetic(position: &Position) -> String {
    format!(
        "调整预算数 {} − 预占 {} − 支出数 {} = 可用余额 {}",
        yuan(position.revised()),
        yuan(position.committed),
        yuan(position.spent),
        yuan(position.available()),
    )
}

/// 台账里的一个值；类型用中文名。
fn value(column: &str, text: &str) -> String {
    match (column, Kind::from_key(text)) {
        ("kind", Some(kind)) => kind_name(kind).into(),
        _ if text.is_empty() => "空".into(),
        _ => format!(" `{text}`"),
    }
}

fn funds(held: &[Fund]) -> String {
    let names: Vec<&str> = held.iter().map(|fund| fund_name(Some(*fund))).collect();
    names.join("、")
}
