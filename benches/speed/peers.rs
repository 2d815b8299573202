//! The other programs: how each is asked for what was spent by allocation, and what it answers. A program that is not
//! installed is named as such.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// A program that can add up the same movements.
pub(crate) struct Peer {
    pub(crate) name: &'static str,
    /// What prints its version, if it is installed.
    version: &'static [&'static str],
    /// What adds up: the program and its arguments. It prints an allocation and an amount on each line, in either order.
    sum: &'static [&'static str],
    /// Whether it reads a journal rather than the ledger itself.
    pub(crate) is_accounting: bool,
}

const MAWK: &str = r#"$2=="expense"{s[$5]+=$7} END{for(k in s) printf "%s %.2f\n", k, s[k]}"#;

const SQLITE: &str = "select allocation, printf('%.2f', sum(cast(round(amount * 100) as integer)) / 100.0) \
                      from t where kind = 'expense' group by 1";

const DUCKDB: &str = r#"
import duckdb, time
begun = time.perf_counter()
rows = duckdb.sql('''select allocation, sum(amount::decimal(18,2))
                     from read_csv('bench.csv', all_varchar=true, header=true, delim=',', quote='"', escape='"')
                     where kind = 'expense' group by all''').fetchall()
print('seconds', time.perf_counter() - begun)
for key, sum in rows: print(key, sum)
"#;

const BEANCOUNT: &str = r"
from beancount import loader
from beancount.core.data import Transaction
from collections import Counter
entries, errors, _ = loader.load_file('bench.beancount')
assert not errors
sums = Counter()
for entry in entries:
    if isinstance(entry, Transaction):
        for posting in entry.postings:
            if posting.account.startswith('Expenses'): sums[posting.account] += posting.units.number
for account, sum in sums.items(): print(account, sum)
";

pub(crate) const PEERS: [Peer; 6] = [
    Peer {
        name: "mawk",
        version: &["mawk", "-W", "version"],
        sum: &["mawk", "-F,", MAWK, "bench.csv"],
        is_accounting: false,
    },
    Peer {
        name: "sqlite3",
        version: &["sqlite3", "--version"],
        sum: &["sqlite3", "-list", "-separator", " ", ":memory:", ".import --csv bench.csv t", SQLITE],
        is_accounting: false,
    },
    Peer {
        name: "DuckDB",
        version: &["python3", "-c", "import duckdb; print('DuckDB', duckdb.__version__)"],
        sum: &["python3", "-c", DUCKDB],
        is_accounting: false,
    },
    Peer {
        name: "ledger",
        version: &["ledger", "--version"],
        sum: &["ledger", "-f", "bench.journal", "--args-only", "balance", "Expenses", "--flat", "--no-total"],
        is_accounting: true,
    },
    Peer {
        name: "hledger",
        version: &["hledger", "--version"],
        sum: &["hledger", "-f", "bench.journal", "balance", "Expenses", "--flat", "--no-total"],
        is_accounting: true,
    },
    Peer {
        name: "beancount",
        version: &["python3", "-c", "import beancount; print('beancount', beancount.__version__)"],
        sum: &["python3", "-c", BEANCOUNT],
        is_accounting: true,
    },
];

/// 分 by allocation.
pub(crate) type Sums = BTreeMap<String, i64>;

impl Peer {
    /// Its name and the beginning of what it says of its version; `None` if it is not there.
    pub(crate) fn installed(&self) -> Option<String> {
        let output = command(self.version).output().ok().filter(|output| output.status.success())?;
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        let version =
            said.split([' ', ',', '\n']).find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
        Some(format!("{} {version}", self.name))
    }

    /// Runs it once: its seconds, and what it found. A program that times itself is believed: its start is not counted.
    pub(crate) fn run(&self, folder: &Path) -> (f64, Sums) {
        let begun = Instant::now();
        let output = command(self.sum).current_dir(folder).output().unwrap();
        let seconds = begun.elapsed().as_secs_f64();
        assert!(output.status.success(), "{}: {}", self.name, String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8(output.stdout).unwrap();
        let own = said.lines().find_map(|line| line.strip_prefix("seconds ")).map(|number| number.parse().unwrap());
        (own.unwrap_or(seconds), sums(&said))
    }
}

fn command(words: &[&str]) -> Command {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}

/// What lines of an allocation and an amount say.
pub(crate) fn sums(said: &str) -> Sums {
    let mut sums = Sums::new();
    for line in said.lines().filter(|line| !line.starts_with("seconds ")) {
        let words = line.split([' ', ',']).filter(|word| !word.is_empty()).filter(|word| *word != "CNY");
        let (mut key, mut fen) = (None, None);
        for word in words {
            match fen_of(word) {
                Some(found) => fen = Some(found),
                None => key = Some(word.rsplit(':').next().unwrap().to_lowercase()),
            }
        }
        if let (Some(key), Some(fen)) = (key, fen) {
            *sums.entry(key).or_default() += fen;
        }
    }
    sums
}

fn fen_of(word: &str) -> Option<i64> {
    let (yuan, fen) = word.split_once('.').unwrap_or((word, "0"));
    let digits = format!("{yuan}{fen:0<2}");
    digits.parse().ok()
}
