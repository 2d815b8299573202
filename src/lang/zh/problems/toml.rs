//! TOML 的用语换成中文：段的标题、值的类型、解析器的说法。

/// 一段的标题，照文件里的写法。
pub(super) fn section(table: &str) -> String {
    match table {
        "allocation" | "allocation.target" | "fund" | "result" => format!("[[{table}]]"),
        _ => format!("[{table}]"),
    }
}

/// 一个值的类型。
pub(super) fn type_name(found: &str) -> &str {
    match found {
        "string" => "文字",
        "integer" => "没加引号的整数",
        "float" => "没加引号的小数",
        "boolean" => "没加引号的 true 或 false",
        "datetime" => "没加引号的日期",
        "array" => "列表",
        "table" => "一段",
        other => other,
    }
}

/// 解析器的说法，按开头对应；没有对应的附上原文。
pub(super) fn syntax(said: &str) -> String {
    // 同一开头有长有短的，长的在前。
    const SAYINGS: &[(&str, &str)] = &[
        ("string values must be quoted", "等号后面没有值，或文字没有放进半角双引号"),
        ("missing opening quote", "缺少开头的半角双引号"),
        ("missing escaped value", "反斜杠 `\\` 的用法不对，要写反斜杠本身请写两个"),
        ("too few unicode value digits", "反斜杠 `\\` 的用法不对，要写反斜杠本身请写两个"),
        ("invalid value", "反斜杠 `\\` 的用法不对，要写反斜杠本身请写两个"),
        ("invalid basic string", "双引号没有成对"),
        ("invalid literal string", "单引号没有成对"),
        ("invalid multi-line", "三重引号没有成对"),
        ("key with no value", "这里缺少半角等号 `=`"),
        ("missing value for key", "这里缺少半角等号 `=`"),
        ("missing value", "等号后面没有值"),
        ("extra `=`", "多了一个等号"),
        ("unexpected `=` in array", "列表里不能有等号"),
        ("invalid unquoted key", "名称只能用字母、数字、`-` 和 `_`"),
        ("unquoted keys cannot be empty", "这里缺少名称"),
        ("keys cannot be multi-line", "名称不能分成几行"),
        ("invalid key-value pair", "这一行不是 `key = …` 的写法"),
        ("invalid key", "名称写得不对"),
        ("unclosed array table", "双方括号没有写完，缺少 `]]`"),
        ("unclosed array", "列表没有写完，缺少 `]`"),
        ("unclosed table", "方括号没有写完，缺少 `]`"),
        ("unclosed inline table", "花括号没有写完，缺少 `}`"),
        ("invalid table", "方括号里的名称写得不对"),
        ("missing table open", "多了 `]`，或前面少了 `[`"),
        ("missing array opening", "多了 `]`，或前面少了 `[`"),
        ("missing inline table opening", "多了 `}`，或前面少了 `{`"),
        ("missing comma", "两项之间缺少半角逗号"),
        ("extra comma", "多了一个逗号"),
        ("missing key for inline table", "花括号里缺少名称"),
        ("missing assignment", "花括号里缺少等号"),
        ("extra assignment", "花括号里多了等号"),
        ("invalid inline table", "花括号里的写法不对"),
        ("unexpected key or value", "值的后面有多余的内容"),
        ("unexpected content", "后面有多余的内容"),
        ("invalid boolean", "`true` 或 `false` 拼写不对，或文字没有放进半角双引号"),
        ("invalid date", "日期写得不对"),
        ("invalid time", "时间写得不对"),
        ("invalid float", "数字写得不对；金额要加半角双引号"),
        ("invalid integer", "数字写得不对；金额要加半角双引号"),
        ("invalid mantissa", "数字写得不对；金额要加半角双引号"),
        ("invalid fraction", "数字写得不对；金额要加半角双引号"),
        ("invalid exponent", "数字写得不对；金额要加半角双引号"),
        ("invalid hexadecimal", "数字写得不对；编码要加半角双引号"),
        ("invalid octal", "数字写得不对；编码要加半角双引号"),
        ("invalid binary", "数字写得不对；编码要加半角双引号"),
        ("unexpected leading zero", "数字不能以 0 开头；编码要加半角双引号"),
        ("unexpected sign", "正负号的位置不对"),
        ("redundant numeric sign", "多了一个正负号"),
        ("`_` may only go between digits", "下划线只能夹在数字中间"),
        ("carriage return must be followed by newline", "有单独的回车符，请用普通编辑器另存一次"),
        ("invalid comment character", "注释里有看不见的控制字符"),
        ("cannot extend value", "前面已给这个名称写过值，不能再写下级"),
        ("cannot recurse", "括号套得太深"),
        ("recursion limit", "括号套得太深"),
    ];
    if said.starts_with("invalid") && said.contains("visible characters") {
        return "TOML 写法有误：引号里有看不见的控制字符".into();
    }
    match SAYINGS.iter().find(|(beginning, _)| said.starts_with(beginning)) {
        Some((_, chinese)) => format!("TOML 写法有误：{chinese}"),
        None => format!("TOML 写法有误（原文：{said}）"),
    }
}
