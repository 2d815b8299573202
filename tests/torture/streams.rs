//! T10: nobody can hear the program. What it wrote stands and its exit code says so: 8 after a row whose answer could
//! not be printed, 5 for a reader whose answer is lost, and a pipe that nobody reads is no error.

use crate::shop::{HEAD, Shop, rows, said};
use crate::trial::{Share, Tally, Trial};

pub(crate) const TRIAL: Trial =
    Trial { name: "T10 streams", what: "every command, with streams that are full, closed or read by nobody", run };

/// How the streams are spoilt, in the shell's words, and the exit codes of a writer and of a reader.
const SPOILT: [(&str, i32, i32); 11] = [
    (">/dev/full", 8, 5),
    (">&-", 0, 0),
    ("2>/dev/full", 0, 0),
    ("2>&-", 0, 0),
    ("<&-", 0, 0),
    (">/dev/full 2>/dev/full", 8, 5),
    (">&- 2>&-", 0, 0),
    ("<&- >&- 2>&-", 0, 0),
    (">/dev/full 2>&-", 8, 5),
    ("| :", 0, 0),
    ("2>&1 | :", 0, 0),
];

/// Commands that write, each for a shop with an expense in row 4 and a commitment in row 5.
pub(crate) const WRITERS: [&str; 10] = [
    "record -a travel --amount 1.00 --id new",
    "record --amount 3.00 --split travel=1.00 --split food=2.00 --id new",
    "reverse 4 --amount 0.50 --id new",
    "refund 4 --amount 0.50 --id new",
    "correct 4 --amount 2.00 --id new",
    "note 4 --voucher 记-1 --id new",
    "commit -a travel --amount 5.00 --doc HT-9 --id new",
    "release 5 --amount 1.00 --id new",
    "transfer --from travel --to food --amount 1.00 --doc 某字〔2022〕1号 --id new",
    "close 1 --id new",
];

/// Commands that only read.
pub(crate) const READERS: [&str; 8] = [
    "balance",
    "variance",
    "register",
    "monthly 1",
    "commitments",
    "spending --by month",
    "explain spent travel",
    "verify",
];

/// A shop in which each of the commands has something to do.
pub(crate) fn busy() -> Shop {
    let shop = Shop::opened();
    for line in ["record -a travel --amount 9.00 --id old", "commit -a travel --amount 9.00 --doc HT-1 --id promised"] {
        let said = shop.runs(line);
        assert_eq!(said.code, Some(0), "{said:?}");
    }
    shop
}

fn run(_share: &Share) -> Tally {
    let mut tally = Tally::default();
    let shop = busy();
    let (before, head) = (shop.ledger(), shop.read(HEAD));
    for (how, writer, reader) in SPOILT {
        let script = format!("\"$@\" {how}; exit ${{PIPESTATUS[0]}}");
        let through = ["bash", "-c", &script, "bash"];
        for line in WRITERS {
            shop.put_back(&before, &head);
            let spoilt = said(&mut shop.through(&through, line));
            let after = shop.ledger();
            let again = shop.runs(line);
            let holds = spoilt.code == Some(writer)
                && after.starts_with(&before)
                && rows(&after).len() > rows(&before).len()
                && again.code == Some(0)
                && shop.ledger() == after;
            tally.holds(holds, || format!("{line} {how}: {spoilt:?}, then {again:?}"));
        }
        for line in READERS {
            let spoilt = said(&mut shop.through(&through, line));
            tally.holds(spoilt.code == Some(reader), || format!("{line} {how}: {spoilt:?}"));
        }
    }
    tally
}
