//! 命令行的帮助。
#![expect(clippy::too_many_lines, reason = "one exhaustive match is easier to keep whole than in pieces")]

use crate::lang::Help;

pub(in crate::lang) fn help(help: Help) -> &'static str {
    match help {
        Help::Usage => "用法:",
        Help::Commands => "命令",
        Help::Arguments => "参数",
        Help::Options => "选项",
        Help::GlobalOptions => "通用选项",
        Help::UsageCommand => "命令",
        Help::UsageOptions => "选项",
        Help::ShowPage => "显示帮助",
        Help::ShowVersion => "显示版本",
        Help::AboutMore => {
            "\
从 TOML 文件读取预算，把每一笔资金变动记进只增不改的
CSV 台账，随时回答：还剩多少，与计划差多少，台账是否完好。

  taizhang demo       演示：看看虚构的一年
  taizhang balance    各预算分项还剩多少
  taizhang record -a 1 --amount 1234.50 --payee 新华书店 --by 小李
  taizhang verify     逐笔校验台账"
        }
        Help::Init => "新建一份预算文件",
        Help::Open => "按预算建账",
        Help::Record => "记一笔支出",
        Help::Reverse => "红字冲销一笔支出",
        Help::Refund => "记一笔支出的退款",
        Help::Adjust => "凭文号追加或追减一个分项的预算",
        Help::Transfer => "在两个分项之间调剂预算",
        Help::Correct => "更正：冲销错的，重记对的",
        Help::Note => "给以前的一笔补上凭证号、发票等",
        Help::NoteRow => "哪一笔：笔号或凭证号",
        Help::Close => "结账：封存一个月，此后不再记入",
        Help::Import => "从 CSV、XLSX 或 XLS 导入多笔支出，全部或全不",
        Help::ImportFile => "表格文件：CSV（UTF-8、UTF-16、GB18030）、XLSX 或 XLS",
        Help::ImportSheet => "工作簿里的哪一张表",
        Help::ImportMap => "某个字段在哪个表头下，可写多次，\n如 金额=本次支付",
        Help::ImportAllocation => "没有写明分项的行列入这个分项",
        Help::ImportAcceptDouble => "这些行看似重复、其实不是，如 12,15-18",
        Help::ImportInvoicePart => "这些行的发票分次支付",
        Help::Carry => "把上年的余额和未了的预占结转过来",
        Help::CloseMonth => "月份，如 2022-03 或 3",
        Help::CloseThrough => "从最早未结的月份一直结到这个月",
        Help::ClosePrint => "打印供签字的结账单；已结的月份可再印",
        Help::Commit => "预占：先把钱留出来",
        Help::Release => "释放预占的钱",
        Help::Commitments => "未了的预占及已过天数",
        Help::Balance => "各预算分项的可用余额",
        Help::Variance => "计划与支出的差异、序时进度和全年预计",
        Help::Verify => "校验每一笔、.head 文件和各项规则",
        Help::Demo => "在单独的文件夹里演示虚构的一年",
        Help::Completions => "打印命令补全脚本",
        Help::Man => "打印手册，供 man 阅读",
        Help::Complete => "供补全脚本询问：此处可以写什么",
        Help::PageOf => "显示某个命令的帮助",
        Help::OptBudget => "预算文件；默认 TAIZHANG_BUDGET 或此处唯一的一份",
        Help::OptLang => "显示所用的语言：zh 中文 en 英文",
        Help::OptColor => "颜色：auto 自动 always 总是 never 不用",
        Help::OptToday => "以这一天为今天；记录时间仍取实际时间",
        Help::OptFormat => "结果的格式：table csv json markdown html xlsx",
        Help::OptOutput => "写入这个文件；未指定格式时看扩展名",
        Help::OptAsOf => "截止日期，默认今天或年末",
        Help::OptRows => "只计前这么多笔，用来重现旧报表",
        Help::OptUnit => "金额单位：元或万元；csv、json 总是元",
        Help::OptOnly => "只看这个预算分项",
        Help::OptDate => "记账日期（付款或入账之日），默认今天",
        Help::OptOccurred => "业务日期，与记账日期不同时填写",
        Help::OptMemo => "摘要",
        Help::OptDoc => "文号或合同号",
        Help::OptPersonal => "确需写明身份证号或手机号",
        Help::OptId => "自定编号：用它重复执行，也只记一次",
        Help::OptBy => "经办人，默认取 TAIZHANG_BY",
        Help::OptDryRun => "试记：照常检查和显示，但不写入",
        Help::OptClockOk => "时钟早于最后一笔、仍要记账的原因",
        Help::InitDir => "写到哪个文件夹，默认当前文件夹",
        Help::InitTemplate => "起点：2022 年信访工作经费，或空白",
        Help::OpenYes => "不再询问，直接建账",
        Help::RecordAllocation => "预算分项：序号、代码或名称的一部分",
        Help::RecordAmount => "金额，如 1234.50、1,234.50 或 0.12万元",
        Help::RecordFund => "资金来源：本年拨款 上年结转 其他\n（或 current carried other），有几种时必写",
        Help::RecordPayee => "收款人",
        Help::RecordVoucher => "凭证号",
        Help::RecordPayment => "支付令号或银行流水号",
        Help::RecordEconomic => "经济分类款级编码，如 30211",
        Help::RecordMethod => {
            "支付方式：直接支付 授权支付 公务卡\n转账 现金 其他（或 direct authorized\ncard bank cash other）"
        }
        Help::RecordInvoice => "发票号码，几张用 ; 隔开",
        Help::RecordInvoicePart => "这张发票分次支付",
        Help::RecordCommitment => "用这笔预占支付：笔号或合同号",
        Help::RecordFinal => "最后一笔：余下的预占全部释放",
        Help::RecordSplit => {
            "一笔分列几个分项或经济分类，可写多次；\n各部分之和等于 --amount\n哪部分资金来源不同，末尾写 :来源"
        }
        Help::ReleaseRow => "哪一笔预占：笔号或合同号",
        Help::ReleaseAmount => "只释放这么多",
        Help::RecordAllowOver => "超出可用余额仍要支出的原因",
        Help::BackRow => "哪一笔支出：笔号或凭证号",
        Help::BackAmount => "只冲销或退款这一部分，默认余下的全部",
        Help::BackVoucher => "本笔（红字）的凭证号",
        Help::BackPayment => "本笔的银行流水号",
        Help::BackRecommit => "原用预占支付的，把这部分重新预占",
        Help::AdjustAdd => "追加这么多",
        Help::AdjustCut => "追减这么多",
        Help::AdjustUndo => "抵销记错的调整或调剂：笔号或文号",
        Help::AdjustPlan => "用款计划：even，或 03=1万元;10=2万元",
        Help::AdjustAllowOver => "低于支出加预占仍要追减的原因",
        Help::AdjustFund => {
            "调整哪种资金来源，默认为建账时的那种：\n本年拨款 上年结转 其他（或 current carried other）"
        }
        Help::TransferFund => {
            "调剂哪种资金来源的钱（调剂后来源不变）：\n本年拨款 上年结转 其他（或 current carried other）"
        }
        Help::TransferFrom => "调出的预算分项",
        Help::TransferTo => "调入的预算分项",
        Help::CarryFile => "上年的台账（.csv）或预算文件（.toml）",
        Help::CarryKeep => "结转这个分项的余额，可写多次；\n不写则只结转未了预占所需的钱",
        Help::Doctor => "体检：存放台账的地方靠不靠得住",
        Help::DoctorTryLock => "供体检自己使用：试着加锁",
        Help::Repair => "查看台账哪里要修复，或照指定的办法修复",
        Help::RepairHead => "重做 .head 文件；原来的另存",
        Help::RepairTail => "清掉最后一笔之后的内容；整个文件先另存",
        Help::RepairMissing => "末尾缺的找不回来了，以现有的为准",
        Help::RepairReason => "放弃已入账记录的原因，永久留在台账里",
        Help::RepairBackup => "查这份备份里有没有缺少的记录",
        Help::Restore => "还原被 Excel、WPS 另存过的台账",
        Help::RestoreFile => "被另存的那份：CSV 或 XLSX；默认本预算的台账",
        Help::RestoreInPlace => "还原后放回台账原处，原文件另行保留",
        Help::VerifyAnchor => "已签字报表上的校验码：查它是否在台账里",
        Help::Final => "年终决算与项目支出绩效自评表",
        Help::FinalWith => "填好的文件：原因、完成值、结转和结余",
        Help::FinalBlank => "生成一份供填写的文件（TOML）",
        Help::FinalDraft => "没有填完也显示，注明草稿",
        Help::FinalPublic => "供公开：不列预算分项以下的内容",
        Help::FinalUnit => "金额单位：万元（默认）或元，只用于表格",
        Help::Explain => "追溯一个数字：由哪些笔、怎样算出来",
        Help::ExplainFigure => {
            "\
要追溯的数字，写英文名或表头上的中文名:
original 年初预算数      adjusted 预算调整
revised 调整预算数       committed 预占
spent 支出数             available 可用余额
execution-rate 执行率    plan-to-date 累计计划
variance 差异            variance-rate 差异率
elapsed-rate 序时进度    gap 进度差
forecast 全年预计        status 状态"
        }
        Help::ExplainAllocation => "预算分项：序号、代码或名称的一部分；默认合计",
        Help::Disclose => "项目文本公开：供公布的文字和资金表",
        Help::DiscloseDraft => "文字没有写全也显示，注明草稿",
        Help::DemoDir => "演示用的文件夹，默认在此处新建",
        Help::CompletionsShell => "哪种 shell：bash zsh fish powershell",
        Help::ManDir => "把每个命令各写成一页，放进这个文件夹",
        Help::CompleteWords => "到光标为止的各个词",
        Help::Register => "台账明细：逐笔的余额，本月合计和本年累计",
        Help::RegisterFrom => "从哪一天起，默认年初",
        Help::RegisterTo => "到哪一天止，默认截止日期",
        Help::RegisterPayee => "只列收款人含这几个字的各笔",
        Help::RegisterVoucher => "只列这个凭证号的各笔",
        Help::Monthly => "月报：一个月的预算执行情况",
        Help::MonthlyMonth => "月份，如 2022-03 或 3",
        Help::MonthlyPack => "把整套月报资料写进这个文件夹",
        Help::MonthlyAll => "年初以来的每个月，各放一个子文件夹",
        Help::Reconcile => "与银行或财政对账单核对支出",
        Help::ReconcileStatement => "对账单：CSV、.xlsx 或 .xls",
        Help::ReconcileMap => "指明哪个表头是哪一列，可多次使用，\n如 支付号=回单编号",
        Help::ReconcileProfile => "对账单的读法，即一份 [statement]；\n代替预算文件里的",
        Help::ReconcileDetect => "只看这份对账单，写出认得的 [statement]",
        Help::ReconcileWindow => "日期最多相差几天算同一笔 [默认 7]",
        Help::ReconcileAccept => "人工认定的表，即 --undecided 写出的表：笔号 行号\n日期 金额 台账金额 收款人 原因",
        Help::ReconcileUndecided => "把未对上的逐条写成认定表，填好原因后\n用 --accept 读入",
        Help::ReconcileMatched => "也列出已对上的",
        Help::Spending => "支出按月、分项、经济分类等分列",
        Help::SpendingBy => {
            "\
按什么分列：月 预算分项 经济分类 收款人
支付方式（或 month allocation economic
payee method）[默认：预算分项]"
        }
        Help::MonthlyNoBom => "CSV 文件不带 BOM（Excel 靠它认中文）",
    }
}

/// A word that stands in the place of a value.
pub(in crate::lang) fn placeholder(word: &str) -> &str {
    match word {
        "ALLOC" => "分项",
        "CODE" => "编码",
        "COLUMN" => "字段",
        "COUNT" => "笔数",
        "CUT" => "分类",
        "DATE" => "日期",
        "DAYS" => "天数",
        "DIR" => "文件夹",
        "FIELD" => "字段",
        "FIGURE" => "指标",
        "FILE" => "文件",
        "FORMAT" => "格式",
        "FUND" => "来源",
        "HASH" => "校验码",
        "HEADING" => "表头",
        "KEY" => "编号",
        "LINES" => "行号",
        "METHOD" => "方式",
        "MONTH" => "月份",
        "N" => "金额",
        "NAME" => "名字",
        "NO" => "号码",
        "PLAN" => "计划",
        "ROW" => "笔号",
        "STATEMENT" => "对账单",
        "TEXT" => "文字",
        "WHEN" => "方式",
        "WHY" => "原因",
        word => word,
    }
}
