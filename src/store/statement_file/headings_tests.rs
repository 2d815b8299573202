//! The headings of statements as banks and the treasury write them, each known without being told.

use std::path::Path;

use super::{Movement, look, plain, read};
use crate::domain::statement::{Column, Profile};
use crate::store::grid::one_file::OneFile;

/// What the movements say: day, 元, whom it went to or came from, and the number.
fn told(text: &str) -> Vec<[String; 4]> {
    let told =
        |movement: Movement| [movement.date.to_string(), movement.amount.to_string(), movement.payee, movement.payment];
    let read = read(&OneFile::new(text), Path::new("statement"), None, &Profile::default());
    read.unwrap_or_else(|problems| panic!("{text}: {problems:?}")).movements.into_iter().map(told).collect()
}

/// A payment to 某印刷厂 on 5 January and 150.00 back from 某酒店 on the 8th, whatever the bank calls the columns.
fn both(text: &str, numbers: [&str; 2]) {
    let expected = [["2022-01-05", "1200.00", "某印刷厂", numbers[0]], ["2022-01-08", "-150.00", "某酒店", numbers[1]]];
    assert_eq!(told(text), expected, "{text}");
}

#[test]
fn each_bank_is_understood_by_its_own_headings() {
    // Two columns, the time behind the day.
    both(
        "[HISTORYDETAIL]\n凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息\n\
         1001,\t25030001,\t62220001,2022-01-05 10.30.00,借,\"1,200.00\",,,印刷,印刷费,某印刷厂,\"8,800.00\",\n\
         1002,\t25030001,\t62220002,2022-01-08 09.00.00,贷,,150.00,,退款,,某酒店,\"8,950.00\",\n",
        ["1001", "1002"],
    );
    // One column and a mark.
    both(
        "交易时间,本方账号,对方单位,对方账号,摘要,附言,用途,借贷标志,发生额,余额\n\
         2022-01-05 10:30:00,25030001,某印刷厂,62220001,,,,借,1200.00,8800.00\n\
         2022-01-08 09:00:00,25030001,某酒店,62220002,,,,贷,150.00,8950.00\n",
        ["", ""],
    );
    // One sum over two columns, and a second row of headings below it.
    both(
        "本方账户名称,本方账号,交易时间,发生额/元,,余额/元,对方户名,对方账号,摘要,备注,账户明细编号-交易流水号\n,,,借方,贷方,,,,,,\n\
         某局,53001,20220105 10:30:00,1200.00,0.00,8800.00,某印刷厂,62220001,印刷费,,1-5300001\n\
         某局,53001,20220108 09:00:00,0.00,150.00,8950.00,某酒店,62220002,退款,,2-5300002\n",
        ["1-5300001", "2-5300002"],
    );
    both(
        "账户明细\n账户名称,,某局\n交易时间,收入金额,支出金额,账户余额,对方账号,对方户名,交易用途\n\
         2022-01-05 10:30:00,,1200.00,8800.00,62220001,某印刷厂,印刷费\n\
         2022-01-08 09:00:00,150.00,,8950.00,62220002,某酒店,退款\n",
        ["", ""],
    );
    // Both languages, both sides by name, one signed column.
    both(
        "查询账号[ Inquirer account number ],1370001\n\
         付款人账号[ Debit Account No. ],付款人名称[ Payer's Name ],收款人账号[ Payee's Account Number ],收款人名称[ Payee's Name ],\
         交易日期[ Transaction Date ],交易时间[ Transaction time ],交易金额[ Trade Amount ],交易后余额[ After-transaction balance ],\
         交易流水号[ Transaction reference number ],摘要[ Reference ]\n\
         1370001,某局,62220001,某印刷厂,20220105,10:30:00,\"-1,200.00\",\"8,800.00\",900001,印刷费\n\
         62220002,某酒店,1370001,某局,20220108,09:00:00,150.00,\"8,950.00\",900002,退款\n",
        ["900001", "900002"],
    );
    both(
        "交易日,交易时间,起息日,交易类型,借方金额,贷方金额,余额,摘要,流水号,用途,业务摘要,收(付)方名称,收(付)方账号\n\
         20220105,103000,20220105,转账,1200.00,,8800.00,印刷费,K001,,,某印刷厂,62220001\n\
         20220108,090000,20220108,转账,,150.00,8950.00,退款,K002,,,某酒店,62220002\n",
        ["K001", "K002"],
    );
    both(
        "银行流水号,交易时间,账号,户名,借方金额（支出）,贷方金额（收入）,账户余额,摘要,对方账号,对方户名\n\
         7001,2022-01-05 10:30:00,3710001,某局,1200.00,,8800.00,印刷费,62220001,某印刷厂\n\
         7002,2022-01-08 09:00:00,3710001,某局,,150.00,8950.00,退款,62220002,某酒店\n",
        ["7001", "7002"],
    );
    both(
        "交易日期,账号,借,贷,账户余额,对方账户,对方账户名称,交易流水号,摘要,用途\n\
         2022/01/05,11001,1200.00,,8800.00,62220001,某印刷厂,P1,印刷费,\n2022/01/08,11001,,150.00,8950.00,62220002,某酒店,P2,退款,\n",
        ["P1", "P2"],
    );
    both(
        "交易日期,交易时间,交易流水号,对方户名,对方账号,收支标识,交易金额,账户余额,摘要,备注\n\
         2022-01-05,10:30:00,B1,某印刷厂,62220001,支出,1200.00,8800.00,,\n2022-01-08,09:00:00,B2,某酒店,62220002,收入,150.00,8950.00,,\n",
        ["B1", "B2"],
    );
    // A treasury's list of payments, of which some came back.
    both(
        "预算单位,项目名称,支付令号,支付日期,收款人名称,支付金额,退款金额,功能分类,经济分类,用途\n\
         某局,信访工作经费,53230001,2022-01-05,某印刷厂,1200.00,,2010308,30202,印刷费\n\
         某局,信访工作经费,53230002,2022-01-08,某酒店,,150.00,2010308,30215,退款\n",
        ["53230001", "53230002"],
    );
}

#[test]
fn a_second_row_of_headings_is_one_only_where_it_says_nothing_else() {
    let text = "日期,发生额,户名\n借方,贷方,合计\n2022-01-05,-3.00,甲\n";
    assert!(read(&OneFile::new(text), Path::new("statement"), None, &Profile::default()).is_err());
    // Where both are there already, or a movement stands between, it is a row that can't be read.
    for (text, line) in [
        ("日期,借方,贷方\n借方,贷方\n2022-01-05,3.00,\n", 2),
        ("日期,发生额\n2022-01-05,-3.00\n借方,贷方\n2022-01-06,-2.00\n", 3),
    ] {
        let reading = look(&OneFile::new(text), Path::new("statement"), None, &Profile::default()).expect("a table");
        assert_eq!((reading.unread, reading.statement.movements.len()), (vec![line], text.matches("2022").count()));
    }
}

#[test]
fn headings_are_looked_for_in_the_first_50_rows_and_tell_a_day_and_a_sum() {
    let text = |before: usize| format!("{}交易日期,交易金额\n2022-01-05,-1.00\n", "某银行\n".repeat(before));
    assert_eq!(told(&text(49)).len(), 1);
    assert!(read(&OneFile::new(text(50)), Path::new("statement"), None, &Profile::default()).is_err());
    assert_eq!(told("日期,制表人\n交易日期,交易金额\n2022-01-05,-1.00\n").len(), 1);
    assert_eq!(told("金额,单位\n交易日期,交易金额\n2022-01-05,-1.00\n").len(), 1);
}

#[test]
fn what_is_added_to_a_heading_at_its_end_is_no_part_of_it() {
    for (heading, kept) in [
        ("发生额（元）：", "发生额"),
        ("发生额 (借) [ Debit ]", "发生额"),
        ("收（付）方名称", "收(付)方名称"),
        ("收(付)方名称(全称)", "收(付)方名称"),
        ("(借方)", "(借方)"),
        ("余额/元", "余额"),
        ("发生额(元", "发生额"),
    ] {
        assert_eq!(plain(heading), kept);
    }
}

#[test]
fn two_rows_of_headings_are_read_by_the_profile_made_of_them_and_again_on_every_page() {
    let page = "日期,发生额/元,,余额/元\n,借方,贷方,\n2022-01-05,12.00,,88.00\n2022-01-06,,2.00,90.00\n";
    let read = |profile: &Profile| look(&OneFile::new([page, page].concat()), Path::new("two pages"), None, profile);
    let first = read(&Profile::default()).expect("a table");
    assert_eq!((first.statement.movements.len(), first.problems.len()), (4, 0));
    let again = read(&first.profile).expect("a table");
    assert_eq!(again.statement.movements, first.statement.movements);
    assert_eq!(again.profile, first.profile);
    // A row of two cells is no heading for that.
    let short = "日期,发生额/元,\n,借方,贷方\n2022-01-05,12.00\n";
    assert_eq!(told(short).len(), 1);
    let other = Profile::default().with_headings(vec![(Column::Out, "付出".into())]);
    assert_eq!(read(&other).expect_err("no such heading").len(), 1);
}
